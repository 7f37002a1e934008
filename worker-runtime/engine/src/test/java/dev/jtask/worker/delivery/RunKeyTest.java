package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunKeyTest {

    @Test
    void aRetryIsAnotherRun() {
        var first = Given.wire(Given.message("a"));
        var retry = Given.wire(Given.message("a").toBuilder().retries(1).build());

        assertThat(key(first)).isEqualTo(key(first)).isNotEqualTo(key(retry));
    }

    @Test
    void aCopyIsTheSameRunAndAnotherTaskOrOtherArgumentsAreNot() {
        var message = Given.wire(Given.message("a"));
        var other = Given.message("a").toBuilder()
                .args(JsonNodeFactory.instance.arrayNode().add(1))
                .build();

        assertThat(key(message))
                .isEqualTo(key(Returns.counted(message, 1)))
                .isNotEqualTo(key(Given.wire(other)))
                .isNotEqualTo(key(Given.wire(message, Map.of("task", "t.other"))));
    }

    @Test
    void aMessageThatDoesNotSayWhichTaskItIsHasNone() {
        var properties = Given.wire(Given.message("a")).properties();
        var nameless = new WireMessage(properties.withHeaders(Map.of()), new byte[0]);

        assertThat(key(nameless)).as("by its correlation id").isNotNull();
        assertThat(Given.wire(Given.message("a")).properties().correlationId()).isEqualTo("a");
    }

    private static @Nullable RunKey key(WireMessage message) {
        return RunKey.of(Given.delivery(message, new FakeReceipt()));
    }
}
