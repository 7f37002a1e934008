package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock();
    private final Turns turns = new Turns(clock);

    @Test
    void areAnIntervalApart() {
        assertThat(turns.give(HOUR, null, new FakeReceipt())).isEmpty();
        assertThat(wait(new FakeReceipt())).contains(HOUR);
        assertThat(wait(new FakeReceipt())).contains(HOUR.multipliedBy(2));
    }

    @Test
    void ofWhoIsGoneBelongToTheNextThatAsks() {
        turns.give(HOUR, null, new FakeReceipt());
        var gone = new FakeReceipt();
        wait(gone);
        wait(new FakeReceipt());
        gone.settle(new Disposition.Requeue());

        assertThat(wait(new FakeReceipt())).contains(HOUR);
        assertThat(wait(new FakeReceipt())).contains(HOUR.multipliedBy(3));
    }

    @Test
    void atTheEndAreTakenBackWhenTheirsAreGone() {
        turns.give(HOUR, null, new FakeReceipt());
        for (int i = 0; i < 5; i++) {
            var gone = new FakeReceipt();
            wait(gone);
            gone.settle(new Disposition.Requeue());
        }
        clock.pass(HOUR.multipliedBy(3));

        assertThat(turns.give(HOUR, null, new FakeReceipt())).isEmpty();
        assertThat(wait(new FakeReceipt())).contains(HOUR);
    }

    @Test
    void ofAClockThatWasPutBackAreNone() {
        turns.give(HOUR, null, new FakeReceipt());
        wait(new FakeReceipt());
        clock.pass(HOUR.negated());

        assertThat(turns.give(HOUR, null, new FakeReceipt())).isEmpty();
    }

    private Optional<Duration> wait(FakeReceipt receipt) {
        return turns.give(HOUR, null, receipt).map(Outcome.Later::delay);
    }
}
