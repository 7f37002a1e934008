package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.Contexts;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.registry.TaskDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of a task that asks for a retry when none is left.
class LastRetryTest {

    private static final TaskDefinition AGAIN = TaskDefinition.of(Given.TASK, (args, kwargs, context) -> {
        throw context.retry(Duration.ZERO);
    });

    @Test
    void itsSecretsAreNotShown() {
        var arguments = JsonNodeFactory.instance.objectNode().put("user", "bob").put("password", "h4nter2");
        var message = Given.message("a").toBuilder()
                .retries(3)
                .kwargs(arguments)
                .repr("()", "{'user': 'bob', 'password': 'h4nter2'}")
                .build();

        assertThat(said(message))
                .containsExactly("Can't retry t.x[a] args:() kwargs:{'user': 'bob', 'password': '<redacted>'}");
    }

    @Test
    void itsArgumentsAreShownThoughItsSenderWroteNone() {
        var message = Given.message("a").toBuilder()
                .retries(3)
                .args(JsonNodeFactory.instance.arrayNode().add(1))
                .build();

        assertThat(said(message)).containsExactly("Can't retry t.x[a] args:(1,) kwargs:{}");
    }

    private static List<String> said(TaskMessage message) {
        var outcome = new Call(Given.job(message, AGAIN), Contexts.of(message), () -> 0L).run();
        var said = outcome instanceof Outcome.Failed failed ? failed.error().arguments() : List.of(outcome);
        return said.stream().map(String::valueOf).toList();
    }
}
