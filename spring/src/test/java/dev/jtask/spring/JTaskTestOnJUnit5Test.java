package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.test.JTask;
import dev.jtask.test.JTaskTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

/// This module's tests run on what Spring Boot 3.5 pins, as do those of its users.
@JTaskTest
class JTaskTestOnJUnit5Test {

    @Test
    void tasksRunInTheirTime(TaskClient client, JTask jtask) {
        jtask.task("texts.twice", String.class, text -> text + text);
        var twice = client.send(TaskRequest.of("texts.twice", "oh").countdown(Duration.ofHours(1)));

        jtask.advance(Duration.ofHours(1));

        assertThat(twice.get(Duration.ZERO).asText()).isEqualTo("ohoh");
        jtask.assertRun("texts.twice").succeeded().once();
        assertThat(ExtensionContext.class.getPackage().getImplementationVersion())
                .startsWith("5.12.");
    }
}
