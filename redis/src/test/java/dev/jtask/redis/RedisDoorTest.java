package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisDoorTest {

    private final AtomicInteger asked = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionIsAskedAgainAfterAQuestionThatThrows(boolean error) {
        var asking = new RedisDoor.Asking(() -> {
            if (asked.incrementAndGet() > 1) {
                return CompletableFuture.completedFuture(null);
            }
            if (error) {
                throw new InternalError("for a moment");
            }
            throw new IllegalStateException("the connection is being closed");
        });

        assertThatCode(asking::run).doesNotThrowAnyException();
        asking.run();

        assertThat(asked).hasValue(2);
    }

    @Test
    void oneQuestionIsAskedAtATime() {
        CompletionStage<?> open = new CompletableFuture<>();
        var asking = new RedisDoor.Asking(() -> {
            asked.incrementAndGet();
            return open;
        });
        asking.run();
        asking.run();
        assertThat(asked).hasValue(1);

        open.toCompletableFuture().complete(null);
        asking.run();
        assertThat(asked).hasValue(2);
    }
}
