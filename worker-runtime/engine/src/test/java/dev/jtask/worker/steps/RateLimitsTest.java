package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Receipt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private static final Duration HALF = Duration.ofMillis(500);

    private final SettableClock clock = new SettableClock();
    private final RateLimits limits = new RateLimits(clock);
    private TaskDefinition task =
            Given.DEFINITION.withOptions(TaskOptions.DEFAULT.withRateLimit(RateLimit.parse("2/s")));

    @Test
    void giveTurnsInTheOrderOfArrival() {
        var start = clock.instant();

        assertThat(around(null)).isEqualTo(Around.RUN);
        assertThat(around(null)).isEqualTo(later(HALF, start.plus(HALF)));
        assertThat(around(null)).isEqualTo(later(HALF.multipliedBy(2), start.plusSeconds(1)));
    }

    @Test
    void letATaskRunWhenItsTurnHasCome() {
        around(null);
        around(null);
        var turn = clock.instant().plus(HALF);

        clock.pass(Duration.ofMillis(400));
        assertThat(around(turn))
                .as("too early, and the turn stays its own")
                .isEqualTo(later(HALF.minusMillis(400), turn));
        clock.pass(Duration.ofMillis(100));
        assertThat(around(turn)).isEqualTo(Around.RUN);
    }

    @Test
    void giveTheTurnOfAMessageThatWentBackToTheNextThatAsks() {
        task = hourly();
        var start = clock.instant();
        around(null);
        var receipt = new FakeReceipt();
        for (int quarter = 0; quarter < 4; quarter++) {
            assertThat(around(null, receipt))
                    .as("after %d quarters of an hour", quarter)
                    .isEqualTo(later(Duration.ofMinutes(60 - 15 * quarter), start.plus(Duration.ofHours(1))));
            clock.pass(Duration.ofMinutes(15));
            receipt.settle(new Disposition.Moved());
            receipt = new FakeReceipt();
        }
        assertThat(around(null, receipt)).isEqualTo(Around.RUN);
    }

    @Test
    void giveItToOneAloneAndInItsOrder() {
        task = hourly();
        var start = clock.instant();
        around(null);
        var first = new FakeReceipt();
        var third = new FakeReceipt();
        around(null, first);
        around(null);
        around(null, third);

        first.lose();
        third.settle(new Disposition.Requeue());
        for (int hour : new int[] {1, 3, 4}) {
            assertThat(around(null)).isEqualTo(later(Duration.ofHours(hour), start.plus(Duration.ofHours(hour))));
        }
    }

    /// One that waits in the broker comes back without its turn, and not at its moment.
    @Test
    void letOneStartWhoseTurnHasComeAndWasNotUsed() {
        task = hourly();
        around(null);
        var receipt = new FakeReceipt();
        around(null, receipt);
        around(null);

        clock.pass(Duration.ofMinutes(61));
        receipt.settle(new Disposition.Moved());
        assertThat(around(null)).isEqualTo(Around.RUN);
        assertThat(around(null))
                .as("one alone")
                .isEqualTo(later(Duration.ofMinutes(119), clock.instant().plus(Duration.ofMinutes(119))));
    }

    @Test
    void startNoBurstOfTurnsThatWereNotUsed() {
        task = hourly();
        around(null);
        var gone = new FakeReceipt();
        for (int i = 0; i < 3; i++) {
            around(null, gone);
        }
        around(null);
        gone.settle(new Disposition.Moved());

        clock.pass(Duration.ofMinutes(181));
        assertThat(around(null)).isEqualTo(Around.RUN);
        assertThat(around(null))
                .isEqualTo(later(Duration.ofMinutes(119), clock.instant().plus(Duration.ofMinutes(119))));
    }

    @Test
    void startAtOnceWhenAllWhoWaitedAreGone() {
        task = hourly();
        around(null);
        var receipt = new FakeReceipt();
        for (int i = 0; i < 8; i++) {
            around(null, receipt);
        }
        receipt.settle(new Disposition.Moved());

        clock.pass(Duration.ofMinutes(70));
        assertThat(around(null)).isEqualTo(Around.RUN);
        assertThat(around(null))
                .isEqualTo(later(Duration.ofHours(1), clock.instant().plus(Duration.ofHours(1))));
    }

    @Test
    void saveNoTurnsUp() {
        around(null);
        clock.pass(Duration.ofSeconds(10));

        assertThat(around(null)).isEqualTo(Around.RUN);
        assertThat(around(null)).isEqualTo(later(HALF, clock.instant().plus(HALF)));
    }

    @Test
    void areThoseSetAtRunTimeBeforeTheTasksOwn() {
        around(null);
        around(null);

        limits.change(Given.TASK, RateLimit.parse("1/m"));
        assertThat(around(null)).as("begins anew").isEqualTo(Around.RUN);
        assertThat(around(null))
                .isEqualTo(later(Duration.ofMinutes(1), clock.instant().plusSeconds(60)));

        limits.lift(Given.TASK);
        assertThat(around(null)).isEqualTo(Around.RUN);
        assertThat(limits.limit(task)).isEmpty();
    }

    @Test
    void letTasksStartWhenTheClockIsPutBack() {
        clock.pass(Duration.ofHours(1));
        around(null);
        around(null);
        around(null);
        var second = clock.instant().plus(HALF);
        var third = second.plus(HALF);

        clock.pass(Duration.ofHours(-1).plus(HALF));
        assertThat(around(second)).as("its turn has come").isEqualTo(Around.RUN);
        assertThat(around(third))
                .as("in its order")
                .isEqualTo(later(HALF, clock.instant().plus(HALF)));
        assertThat(around(null))
                .as("behind it")
                .isEqualTo(later(HALF.multipliedBy(2), clock.instant().plusSeconds(1)));
    }

    @Test
    void doNotConcernOtherTasks() {
        around(null);
        task = Given.DEFINITION;

        assertThat(around(null)).isEqualTo(Around.RUN);
        assertThat(around(null)).isEqualTo(Around.RUN);
    }

    private static Outcome later(Duration delay, Instant turn) {
        return new Outcome.Later(delay, new Outcome.Here(turn));
    }

    private static TaskDefinition hourly() {
        return Given.DEFINITION.withOptions(TaskOptions.DEFAULT.withRateLimit(RateLimit.parse("1/h")));
    }

    private Outcome around(@Nullable Instant turn) {
        return around(turn, new FakeReceipt());
    }

    private Outcome around(@Nullable Instant turn, Receipt receipt) {
        var message = Given.message("a");
        var delivery = Given.delivery(Given.wire(message), receipt).withTurn(turn);
        return limits.around(new Job(delivery, message, task, clock.instant()), new Around());
    }
}
