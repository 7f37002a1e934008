package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The ending of a run whose task waits for a signal: nothing is acknowledged before the broker has the copy.
class ParkTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Outcome WAITS =
            new Outcome.Later(MINUTE, new Outcome.ForSignal("approval", SettableClock.START.plus(MINUTE)));

    private final Scene scene = new Scene();

    @Test
    void theMessageIsMovedOnceItsCopyIsConfirmed() {
        var confirmed = new CompletableFuture<String>();
        scene.signals.parking(confirmed);
        scene.ends(WAITS);
        assertThat(scene.signals.parked).hasSize(1);
        assertThat(scene.receipt.settled()).isEmpty();

        confirmed.complete("parked");
        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Moved());
        assertThat(scene.backend.told())
                .singleElement()
                .satisfies(told -> assertThat(told.status()).isEqualTo("WAITING"));
    }

    @Test
    void whileTheBrokerDoesNotTakeItItIsTriedAgain() {
        scene.signals.parking(CompletableFuture.failedFuture(new UncheckedIOException(new IOException("away"))));
        scene.ends(WAITS);
        assertThat(scene.receipt.settled()).isEmpty();

        scene.signals.parking(CompletableFuture.completedFuture("parked"));
        scene.timer.pass(MINUTE);
        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Moved());
    }

    @Test
    void whatTheBrokerHasAgainIsVoid() {
        scene.signals.parking(CompletableFuture.failedFuture(new UncheckedIOException(new IOException("away"))));
        scene.ends(WAITS);
        scene.receipt.lose();
        scene.timer.pass(MINUTE);

        assertThat(scene.signals.parked).hasSizeBetween(1, 2);
        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Requeue());
        assertThat(scene.timer.waiting()).isEmpty();
    }

    @Test
    void whatTheBrokerWillNeverTakeFailsTheTask() {
        scene.signals.parking(CompletableFuture.failedFuture(new IllegalStateException("ACCESS_REFUSED")));
        scene.ends(WAITS);

        assertThat(scene.backend.told().getLast().status()).isEqualTo("FAILURE");
        assertThat(scene.sender.last().parcel().route().routingKey()).isEqualTo(Given.QUEUE + ".dead");
    }
}
