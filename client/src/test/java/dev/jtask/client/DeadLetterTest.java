package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    @Test
    void anExceptionsClassStandsBeforeItsMessage() {
        assertThat(thrown("IllegalStateException('boom (again): x')")).isEqualTo("IllegalStateException");
        assertThat(thrown("java.lang.Error: no\nway")).isEqualTo("java.lang.Error");
        assertThat(thrown("TimeLimitExceeded()")).isEqualTo("TimeLimitExceeded");
        assertThat(thrown("Bare")).isEqualTo("Bare");
        assertThat(thrown(null)).isEmpty();
    }

    private static String thrown(@Nullable String exception) {
        var message = new WireMessage(WireProperties.json(WireProperties.PERSISTENT, Map.of()), new byte[0]);
        return new DeadLetter("a", "t.any", "it failed", "q", 1, exception, message).exceptionType();
    }
}
