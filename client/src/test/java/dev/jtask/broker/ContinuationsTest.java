package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ContinuationsTest {

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
}
