package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublishExceptionTest {

    @Test
    void everyKindIsInTheGuide() throws IOException {
        var guide = Files.readString(Path.of("../docs/sending-tasks.md"));

        assertThat(PublishException.class.getPermittedSubclasses())
                .hasSizeGreaterThan(2)
                .allSatisfy(kind -> assertThat(guide).contains("\n| `%s` | ".formatted(kind.getSimpleName())));
    }

    @Test
    void whoeverWaitsGetsTheValue() {
        assertThat(PublishException.await("q", CompletableFuture.completedFuture("done")))
                .isEqualTo("done");
    }

    @Test
    void whatIsThrownHasTheStackOfTheOneWhoWaits() {
        for (var failure : new PublishException[] {
            new UnroutableException(Route.toQueue("q"), "NO_ROUTE"),
            new PublishRefusedException("q", "too large"),
            new PublishNotConfirmedException("q", "the connection was lost")
        }) {
            assertThatThrownBy(() -> PublishException.await("q", CompletableFuture.failedFuture(failure)))
                    .isInstanceOf(failure.getClass())
                    .hasMessage(failure.getMessage())
                    .hasCause(failure);
        }
    }

    @Test
    void aClosedClientIsNoFailureOfTheBroker() {
        assertThatThrownBy(() -> PublishException.await(
                        "q", CompletableFuture.failedFuture(new IllegalStateException("the client is closed"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the client is closed");
    }

    @Test
    void anInterruptIsNotSwallowed() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> PublishException.await("q", new CompletableFuture<>()))
                    .isInstanceOf(PublishNotConfirmedException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
