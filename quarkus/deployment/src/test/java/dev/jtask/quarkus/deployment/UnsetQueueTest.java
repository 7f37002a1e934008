package dev.jtask.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.jtask.task.Task;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A queue that is a property which nobody has set ends the start, with the names of both.
class UnsetQueueTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Mails.class))
            .overrideConfigKey("jtask.devservices.enabled", "false")
            .overrideConfigKey("jtask.worker.enabled", "true")
            .assertException(thrown -> assertThat(thrown)
                    .hasStackTraceContaining("the queue of task 'mails.send': its text is '${mails.queue}': "
                            + "the property mails.queue is not set; set it"));

    @Test
    void isToldAtTheStart() {
        fail("the start should have failed");
    }

    @Singleton
    static class Mails {
        @Task(value = "mails.send", queue = "${mails.queue}")
        public void send() {}
    }
}
