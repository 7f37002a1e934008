package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ContinuationsTest {

    private final Exception gone = new IOException("gone");

    static final List<Executor> EXECUTORS = List.of(Continuations.OWN_THREAD, Continuations.daemons());

    @ParameterizedTest
    @FieldSource("EXECUTORS")
    void oneThatBlocksHoldsUpNoOtherAndKeepsNoJvmAlive(Executor executor) {
        var released = new CountDownLatch(1);
        var blocked = CompletableFuture.runAsync(
                () -> {
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                executor);

        assertThat(CompletableFuture.supplyAsync(() -> Thread.currentThread().isDaemon(), executor))
                .succeedsWithin(Duration.ofSeconds(30))
                .isEqualTo(true);
        assertThat(blocked).isNotDone();
        released.countDown();
        assertThat(blocked).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void whatAFutureFailedWithIsWithoutItsWrappers() {
        assertThat(Continuations.cause(gone)).isSameAs(gone);
        assertThat(Continuations.cause(new CompletionException(gone))).isSameAs(gone);
        assertThat(Continuations.cause(new ExecutionException(new CompletionException(gone))))
                .isSameAs(gone);
    }

    @Test
    void itKeepsTheCauseOfWhatItFailedWith() {
        var failure = new IllegalStateException(gone);

        assertThat(Continuations.cause(new CompletionException(failure))).isSameAs(failure);
    }

    @Test
    void aWrapperAroundNothingIsTheFailureItself() {
        var empty = new CompletionException((Throwable) null);

        assertThat(Continuations.cause(empty)).isSameAs(empty);
    }
}
