package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.registry.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeLimiterTest {

    private static final Outcome DONE = new Outcome.Done(NullNode.instance);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HandTimer timer = new HandTimer();
    private final TimeLimiter limiter = new TimeLimiter(timer);
    private final List<Outcome> givenUp = new ArrayList<>();

    @Test
    void setsNoAlarmForATaskWithoutLimits() {
        assertThat(around(job(null, null), onward -> {
                    assertThat(timer.waiting()).isEmpty();
                    return DONE;
                }))
                .isEqualTo(DONE);
    }

    @Test
    void asksATaskToStopAtItsSoftLimit() {
        var job = job(null, 2.0);

        around(job, onward -> {
            timer.pass(SECOND);
            assertThat(job.cause()).isNull();
            timer.pass(SECOND);
            assertThat(job.cause()).isEqualTo(Job.Cause.SOFT_TIME_LIMIT);
            return DONE;
        });
    }

    @Test
    void endsATaskThatObeysAtItsHardLimitWithTheLimit() {
        var outcome = around(job(2.0, 1.0), onward -> {
            timer.pass(Duration.ofSeconds(2));
            assertThat(onward.cause()).isEqualTo(Job.Cause.TIME_LIMIT);
            return DONE;
        });

        assertThat(outcome).isEqualTo(exceeded(2L));
        timer.pass(SECOND);
        assertThat(givenUp).as("it ended in time for that").isEmpty();
    }

    @Test
    void givesATaskUpThatIgnoresItsHardLimit() {
        around(job(2.5, null), onward -> {
            timer.pass(Duration.ofMillis(2_590));
            assertThat(givenUp).isEmpty();
            timer.pass(Duration.ofMillis(10));
            assertThat(givenUp).containsExactly(exceeded(2.5));
            return DONE;
        });
    }

    @Test
    void aRevokedTaskThatIgnoresItAllIsRevokedAllTheSame() {
        around(job(2.0, 1.0), onward -> {
            onward.cancel(Job.Cause.REVOKED);
            timer.pass(Duration.ofMillis(2_100));
            assertThat(givenUp).containsExactly(new Outcome.Revoked(Outcome.Revoked.TERMINATED));
            return DONE;
        });
    }

    @Test
    void aTaskThatTheDrainHandsOnDoesNotFailByALimitThatPassesMeanwhile() {
        var back = new Outcome.Returned(Outcome.Returned.Why.DRAIN);
        var outcome = around(job(2.0, 1.0), onward -> {
            onward.cancel(Job.Cause.WORKER_STOPS);
            timer.pass(Duration.ofMillis(2_100));
            return back;
        });

        assertThat(outcome).isEqualTo(back);
    }

    @Test
    void leavesNoAlarmBehind() {
        around(job(2.0, 1.0), onward -> {
            assertThat(timer.waiting()).containsExactly(SECOND, SECOND.multipliedBy(2), Duration.ofMillis(2_100));
            return DONE;
        });
        assertThat(timer.waiting()).isEmpty();

        assertThatThrownBy(() -> around(job(2.0, 1.0), onward -> {
                    throw new AssertionError("a step that breaks");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void doesNotPunishATaskForAnAlarmThatComesAfterItsEnd() {
        var outcome = around(job(2.0, null), onward -> {
            onward.leave();
            timer.pass(Duration.ofSeconds(2));
            return DONE;
        });

        assertThat(outcome).isEqualTo(DONE);
    }

    @Test
    void aLimitOfZeroLeavesTheTasksOwn() {
        var definition = Given.DEFINITION.withOptions(TaskOptions.DEFAULT.withTimeLimits(null, Duration.ofSeconds(9)));
        var zero = Given.message("a").toBuilder()
                .timeLimits(new TimeLimits(0.0, 0.0))
                .build();

        assertThat(limiter.limits(Given.job(zero, definition))).isEqualTo(new TimeLimits(9.0, null));
        around(job(0.0, 0.0), onward -> {
            assertThat(timer.waiting()).isEmpty();
            return DONE;
        });
    }

    @Test
    void theMessagesLimitsBeatThoseSetAtRunTimeAndThoseTheTasksOwn() {
        var definition = Given.DEFINITION.withOptions(
                TaskOptions.DEFAULT.withTimeLimits(Duration.ofMillis(1_500), Duration.ofSeconds(9)));
        var plain = Given.job(Given.message("a"), definition);
        var asking = Given.job(
                Given.message("a").toBuilder()
                        .timeLimits(new TimeLimits(null, 1.0))
                        .build(),
                definition);

        assertThat(limiter.limits(plain)).isEqualTo(new TimeLimits(9.0, 1.5));
        assertThat(limiter.limits(asking)).isEqualTo(new TimeLimits(9.0, 1.0));

        limiter.change("t.x", new TimeLimits(5.0, null));

        assertThat(limiter.limits(plain)).isEqualTo(new TimeLimits(5.0, null));
        assertThat(limiter.limits(asking)).isEqualTo(new TimeLimits(5.0, 1.0));
        limiter.change("t.other", TimeLimits.NONE);
        assertThat(limiter.limits(plain)).isEqualTo(new TimeLimits(5.0, null));
    }

    private Outcome around(Job job, Interceptor.Next next) {
        return limiter.around(job, (given, outcome) -> givenUp.add(outcome), next);
    }

    private static Job job(@Nullable Double hard, @Nullable Double soft) {
        return Given.job(Given.message("a").toBuilder()
                .timeLimits(new TimeLimits(hard, soft))
                .build());
    }

    private static Outcome exceeded(Number limit) {
        return new Outcome.Failed(
                new RemoteError("TimeLimitExceeded", List.of(limit), "billiard.exceptions"),
                null,
                Outcome.Failed.Kind.UNEXPECTED);
    }
}
