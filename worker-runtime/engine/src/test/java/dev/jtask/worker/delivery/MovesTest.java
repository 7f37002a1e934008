package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MovesTest {

    private final Moves moves = new Moves();

    @Test
    void areOverWhereNoneHasBegun() throws InterruptedException {
        assertThat(moves.await(Duration.ZERO)).isTrue();
    }

    @Test
    void areWaitedForUntilTheLastIsOver() throws InterruptedException {
        var first = new CompletableFuture<Boolean>();
        var second = new CompletableFuture<Boolean>();
        moves.begin(first);
        moves.begin(second);
        first.complete(true);
        assertThat(moves.await(Duration.ofMillis(1))).isFalse();

        second.complete(true);
        assertThat(moves.await(Duration.ZERO)).isTrue();
    }

    @Test
    void areWaitedForWhereOneBeginsAnotherAtItsEnd() throws InterruptedException {
        var first = new CompletableFuture<Boolean>();
        var second = new CompletableFuture<Boolean>();
        moves.begin(first.thenApply(taken -> {
            moves.begin(second);
            return taken;
        }));
        var beside = Thread.startVirtualThread(() -> first.complete(true));

        assertThat(moves.await(Duration.ofMillis(200))).as("of the second").isFalse();
        beside.join();
        second.complete(true);
        assertThat(moves.await(Duration.ZERO)).isTrue();
    }

    @Test
    void oneThatFailsIsOverAsWell() throws InterruptedException {
        var failing = new CompletableFuture<Boolean>();
        moves.begin(failing);
        failing.completeExceptionally(new IllegalStateException("no room"));

        assertThat(moves.await(Duration.ZERO)).isTrue();
    }
}
