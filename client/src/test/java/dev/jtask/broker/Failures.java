package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// What a future has failed with.
final class Failures {

    private Failures() {}

    /// Waits until it is done.
    static Throwable of(CompletableFuture<?> future) {
        await().atMost(Duration.ofSeconds(60)).until(future::isDone);
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("it has not failed");
        } catch (CompletionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }
}
