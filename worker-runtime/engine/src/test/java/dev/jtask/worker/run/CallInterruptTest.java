package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.Contexts;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.registry.Backoff;
import dev.jtask.worker.registry.RetryPolicy;
import dev.jtask.worker.registry.TaskBody;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a task makes of being asked to stop, and what is made of that.
class CallInterruptTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TaskOptions options = TaskOptions.DEFAULT;
    private @Nullable Job last;

    @AfterEach
    void leavesNoInterruptBehind() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptIsToldAsWhatItWasFor() {
        assertThat(interrupted(Job.Cause.REVOKED)).isEqualTo(new Outcome.Revoked(Outcome.Revoked.TERMINATED));
        assertThat(interrupted(Job.Cause.WORKER_STOPS)).isEqualTo(new Outcome.Returned(Outcome.Returned.Why.DRAIN));
        assertThat(interrupted(Job.Cause.SOFT_TIME_LIMIT))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error())
                                .isEqualTo(new RemoteError("SoftTimeLimitExceeded", List.of(), "billiard.exceptions")));
        assertThat(interrupted(Job.Cause.TIME_LIMIT)).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Job.Cause.class,
            names = {"WORKER_STOPS", "REVOKED"})
    void aTaskThatIsToStopForGoodMaySaySoAsItLikes(Job.Cause cause) {
        options = options.withRetries(
                new RetryPolicy(3, new Backoff.Fixed(MINUTE), List.of(IllegalStateException.class), List.of()));
        var told = run((args, kwargs, context) -> {
            job().cancel(cause);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("stopped"); // with nothing left of the interrupt
            }
            return null;
        });

        assertThat(told).isEqualTo(interrupted(cause)).isNotInstanceOf(Outcome.Retry.class);
    }

    @Test
    void aTaskThatIsToStopMayStillAskForARetry() {
        assertThat(run((args, kwargs, context) -> {
                    job().cancel(Job.Cause.WORKER_STOPS);
                    throw context.retry(MINUTE);
                }))
                .isInstanceOf(Outcome.Retry.class);
    }

    /// What a task that catches everything may make of an interrupt.
    enum Answer {
        RETRY,
        RETRY_LATER,
        LAST_RETRY,
        REJECT,
        IGNORE
    }

    @ParameterizedTest
    @EnumSource(Answer.class)
    void aTaskThatIsToStopDoesNotDecideOfItsEndByAnsweringTheInterrupt(Answer answer) {
        for (var cause : List.of(Job.Cause.WORKER_STOPS, Job.Cause.REVOKED)) {
            for (int retries : List.of(0, 3)) {
                options =
                        options.withRetries(new RetryPolicy(retries, new Backoff.Fixed(MINUTE), List.of(), List.of()));
                assertThat(answered(cause, answer)).as("%s, %d", cause, retries).isEqualTo(interrupted(cause));
            }
        }
    }

    private Outcome answered(Job.Cause cause, Answer answer) {
        return run((args, kwargs, context) -> {
            job().cancel(cause);
            try {
                new CountDownLatch(1).await();
                return null;
            } catch (Exception e) {
                throw switch (answer) {
                    case RETRY -> context.retry(e);
                    case RETRY_LATER -> context.retry(MINUTE, new IllegalStateException("the bank does not answer"));
                    case LAST_RETRY -> context.retry(MINUTE).upTo(0);
                    case REJECT -> context.reject("no such order");
                    case IGNORE -> context.ignore();
                };
            }
        });
    }

    @Test
    void aTaskThatIsRevokedIsNotTriedAgain() {
        assertThat(run((args, kwargs, context) -> {
                    job().cancel(Job.Cause.REVOKED);
                    throw context.retry(MINUTE);
                }))
                .isEqualTo(new Outcome.Revoked(Outcome.Revoked.TERMINATED));
    }

    @Test
    void aTaskThatMeetsItsSoftLimitDecidesForItself() {
        options = options.withRetries(new RetryPolicy(0, new Backoff.Fixed(MINUTE), List.of(), List.of()));
        assertThat(answered(Job.Cause.SOFT_TIME_LIMIT, Answer.REJECT)).isInstanceOf(Outcome.Refused.class);
        assertThat(answered(Job.Cause.SOFT_TIME_LIMIT, Answer.RETRY)).isInstanceOf(Outcome.Failed.class);
        assertThat(answered(Job.Cause.SOFT_TIME_LIMIT, Answer.IGNORE)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aSoftLimitIsToldOfWhatTheStreamsOfTheJdkMakeOfIt() {
        assertThat(softly(new InterruptedIOException())).isEqualTo("SoftTimeLimitExceeded");
        assertThat(softly(new SocketTimeoutException("read timed out"))).isEqualTo("SocketTimeoutException");
        assertThat(softly(new IllegalStateException("its own"))).isEqualTo("IllegalStateException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrapped", "channel", "flag"})
    void anInterruptShowsInWhatTheTaskMakesOfIt(String how) {
        assertThat(run((args, kwargs, context) -> {
                    job().cancel(Job.Cause.REVOKED);
                    switch (how) {
                        case "wrapped" -> {
                            Thread.interrupted();
                            throw new IllegalStateException(new RuntimeException(new InterruptedException()));
                        }
                        case "channel" -> {
                            Thread.interrupted();
                            throw new ClosedByInterruptException();
                        }
                        default -> throw new IllegalStateException("I was interrupted, and left the flag");
                    }
                }))
                .isInstanceOf(Outcome.Revoked.class);
    }

    @Test
    void aTaskThatRunsAtMostOnceIsLostWithItsWorker() {
        options = options.with(TaskOptions.Trait.ACKS_EARLY);
        assertThat(interrupted(Job.Cause.WORKER_STOPS))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error())
                                .isEqualTo(RemoteError.celery(
                                        "WorkerLostError",
                                        "the worker stopped; the task was acknowledged early and does not run again")));
        assertThat(interrupted(Job.Cause.REVOKED)).isInstanceOf(Outcome.Revoked.class);
    }

    @Test
    void aTaskThatRunsAtMostOnceAndHasNotRunGoesBack() {
        options = options.with(TaskOptions.Trait.ACKS_EARLY);
        var job = Given.job(
                Given.message("a"),
                TaskDefinition.of("t.x", (args, kwargs, context) -> "never").withOptions(options));
        job.cancel(Job.Cause.WORKER_STOPS);

        assertThat(new Call(job, Contexts.of(job.message()), () -> 1L << 63).run())
                .isEqualTo(new Outcome.Returned(Outcome.Returned.Why.DRAIN));
    }

    @Test
    void anInterruptThatNobodyAskedForIsAFailure() {
        assertThat(error((args, kwargs, context) -> {
                    throw new InterruptedException("my own");
                }))
                .isEqualTo("InterruptedException");
    }

    @Test
    void aTaskThatFinishesAllTheSameIsDone() {
        assertThat(run((args, kwargs, context) -> {
                    job().cancel(Job.Cause.WORKER_STOPS);
                    return "done";
                }))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aTaskThatHasReturnedIsNotHandedOnSinceItsResultCannotBeWritten() {
        assertThat(error((args, kwargs, context) -> {
                    job().cancel(Job.Cause.WORKER_STOPS);
                    return new CallTest.Unwritable();
                }))
                .isEqualTo("EncodeError");
    }

    /// How an earlier and a later reason to stop go together.
    @Test
    void aTaskThatIsTerminatedIsNeitherRetriedNorHandedOnForWhatComesLater() {
        options = options.withRetries(
                new RetryPolicy(3, new Backoff.Fixed(MINUTE), List.of(IllegalStateException.class), List.of()));
        for (var later : Job.Cause.values()) {
            assertThat(run((args, kwargs, context) -> {
                        job().cancel(Job.Cause.REVOKED);
                        job().cancel(later);
                        Thread.interrupted();
                        throw new IllegalStateException("cleaned up");
                    }))
                    .as("%s", later)
                    .isEqualTo(new Outcome.Revoked(Outcome.Revoked.TERMINATED));
        }
    }

    private String softly(Exception answer) {
        return error((args, kwargs, context) -> {
            job().cancel(Job.Cause.SOFT_TIME_LIMIT);
            Thread.interrupted();
            throw answer;
        });
    }

    private Outcome interrupted(Job.Cause cause) {
        return run((args, kwargs, context) -> {
            job().cancel(cause);
            new CountDownLatch(1).await();
            return null;
        });
    }

    private String error(TaskBody body) {
        return run(body) instanceof Outcome.Failed failed ? failed.error().type() : "no failure";
    }

    private Outcome run(TaskBody body) {
        var job = Given.job(Given.message("a"), TaskDefinition.of("t.x", body).withOptions(options));
        last = job;
        return new Call(job, Contexts.of(job.message()), () -> 1L << 63).run();
    }

    private Job job() {
        return Objects.requireNonNull(last);
    }
}
