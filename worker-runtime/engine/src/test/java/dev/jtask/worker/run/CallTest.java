package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.Contexts;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.fakes.UserCode;
import dev.jtask.worker.registry.Backoff;
import dev.jtask.worker.registry.Lambda;
import dev.jtask.worker.registry.RetryPolicy;
import dev.jtask.worker.registry.SharedLimits;
import dev.jtask.worker.registry.TaskBody;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TaskOptions options = TaskOptions.DEFAULT;
    private @Nullable Job last;

    @AfterEach
    void leavesNoInterruptBehind() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void answersWhatTheTaskReturns() {
        assertThat(run((args, kwargs, context) -> 5)).isEqualTo(new Outcome.Done(IntNode.valueOf(5)));
        assertThat(run((args, kwargs, context) -> null)).isEqualTo(new Outcome.Done(NullNode.instance));
    }

    @Test
    void runsTheTaskInItsContext() {
        assertThat(run((args, kwargs, context) -> TaskContext.current() == context))
                .isEqualTo(new Outcome.Done(JsonNodeFactory.instance.booleanNode(true)));
    }

    @Test
    void aRunThatHasToEndOtherwiseDoesSoWhateverTheTaskMakesOfIt() {
        var later = new Outcome.Later(MINUTE, new Outcome.ForSignal("approval", SettableClock.START));

        assertThat(run((args, kwargs, context) -> ending(later, 5))).isEqualTo(later);
        assertThat(run((args, kwargs, context) -> {
                    var _ = ending(later, 5);
                    throw new IOException("of the wrong thing");
                }))
                .isEqualTo(later);
    }

    private int ending(Outcome.Later later, int value) {
        Objects.requireNonNull(last).endAs(later);
        return value;
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // one in another
    void waitsForAStageThatTheTaskReturns() {
        var inner = CompletableFuture.completedFuture("late");
        Object late = CompletableFuture.completedFuture(inner);
        assertThat(run((args, kwargs, context) -> late))
                .isEqualTo(new Outcome.Done(JsonNodeFactory.instance.textNode("late")));
    }

    @Test
    void aStageThatFailsFailsAsItsCause() {
        Object failed = CompletableFuture.failedFuture(new IOException("no disk"));
        assertThat(run((args, kwargs, context) -> failed))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        outcome -> assertThat(outcome.error())
                                .isEqualTo(new RemoteError("IOException", List.of("no disk"), "java.io")));
    }

    @Test
    void aStageThatWasCancelledIsAFailure() {
        var stage = new CompletableFuture<String>();
        stage.cancel(false);
        assertThat(run((args, kwargs, context) -> stage)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void argumentsThatDoNotFitAreRefused() {
        var task = Lambda.task("t.x", Integer.class, number -> number + 1);

        assertThat(run(task)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Outcome.Refused.Kind.UNFIT);
            assertThat(refused.reason()).startsWith("t.x() missing argument");
            assertThat(refused.error()).isEqualTo(new RemoteError("TypeError", List.of(refused.reason()), "builtins"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"checked", "error", "overflow"})
    void whateverItThrowsIsAnOutcome(String what) {
        assertThat(run((args, kwargs, context) -> {
                    switch (what) {
                        case "checked" -> throw new IOException("no disk");
                        case "error" -> throw new AssertionError("broken");
                        default -> throw new StackOverflowError();
                    }
                }))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Outcome.Failed.Kind.UNEXPECTED));
    }

    @Test
    void exceptionsWhoseMethodsThrowAreOutcomesToo() {
        assertThat(error((args, kwargs, context) -> {
                    throw new UserCode.SilentException();
                }))
                .isEqualTo("SilentException");
        assertThat(error((args, kwargs, context) -> {
                    throw new UserCode.UnprintableException();
                }))
                .isEqualTo("UnprintableException");
        assertThat(error((args, kwargs, context) -> {
                    throw new UserCode.CauselessException();
                }))
                .isEqualTo("CauselessException");
        assertThat(error((args, kwargs, context) -> {
                    throw UserCode.ring();
                }))
                .isEqualTo("RuntimeException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"getter", "circle", "time"})
    void aTaskThatHasReturnedDoesNotRunAgainSinceItsResultCannotBeWritten(String what) {
        options = options.withRetries(
                new RetryPolicy(3, new Backoff.Fixed(Duration.ZERO), List.of(Exception.class), List.of()));
        var results = Map.of("getter", new Unwritable(), "circle", circle(), "time", Map.of("x", LocalDate.MAX));

        var told = run((args, kwargs, context) -> results.get(what));

        assertThat(told).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().type()).isEqualTo("EncodeError");
            assertThat(failed.error().message()).startsWith("the result cannot be written: ");
            assertThat(failed.traceback()).isNotNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits", "levels", "name"})
    void aResultThatNobodyCouldReadIsAFailureOnce(String what) {
        options = options.withRetries(
                new RetryPolicy(3, new Backoff.Fixed(Duration.ZERO), List.of(Exception.class), List.of()));
        var large = BigInteger.TEN.pow(16_325);
        Object deep = 1;
        for (int i = 0; i < 495; i++) {
            deep = List.of(deep);
        }
        var results = Map.of("digits", large, "levels", deep, "name", Map.of("n".repeat(60_000), 1));

        assertThat(run((args, kwargs, context) -> results.get(what)))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.error().type()).isEqualTo("EncodeError");
                    assertThat(failed.error().message())
                            .matches("the result has .*(10000 digits|490 arrays|50000 bytes).*, which nobody reads.*");
                });
    }

    @Test
    void failuresThatTheAuthorExpectsAreMarked() {
        options = new TaskOptions(
                RetryPolicy.DEFAULT,
                null,
                null,
                null,
                List.of(IOException.class),
                Set.of(),
                null,
                0,
                SharedLimits.NONE);

        assertThat(run((args, kwargs, context) -> {
                    throw new FileNotFoundException("gone");
                }))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Outcome.Failed.Kind.EXPECTED));
    }

    @Test
    void triesAgainWhenTheTaskAsksForIt() {
        var cause = new IOException("no disk");
        assertThat(run((args, kwargs, context) -> {
                    throw context.retry(MINUTE, cause);
                }))
                .isEqualTo(new Outcome.Retry(
                        MINUTE,
                        new RemoteError("IOException", List.of("no disk"), "java.io"),
                        Thrown.traceback(cause)));
    }

    @Test
    void waitsAsThePolicySaysWhenTheTaskDoesNot() {
        options = options.withRetries(new RetryPolicy(
                3, new Backoff.Jittered(Duration.ofSeconds(10), Duration.ofHours(1)), List.of(), List.of()));

        assertThat(run(2, (args, kwargs, context) -> {
                    throw context.retry(new IOException());
                }))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.delay()).as("half of 40 s").isEqualTo(Duration.ofSeconds(20)));
    }

    @Test
    void triesAgainByItselfForWhatThePolicyCovers() {
        options = options.withRetries(new RetryPolicy(
                1, new Backoff.Fixed(MINUTE), List.of(IOException.class), List.of(FileNotFoundException.class)));

        assertThat(run(0, (args, kwargs, context) -> {
                    throw new IOException();
                }))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(run(1, (args, kwargs, context) -> {
                    throw new IOException();
                }))
                .as("no retry is left")
                .isInstanceOf(Outcome.Failed.class);
        assertThat(run(0, (args, kwargs, context) -> {
                    throw new FileNotFoundException();
                }))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void failsWithItsCauseWhenNoRetryIsLeft() {
        assertThat(error(3, (args, kwargs, context) -> {
                    throw context.retry(MINUTE, new IOException("no disk"));
                }))
                .isEqualTo("IOException");
        assertThat(error(3, (args, kwargs, context) -> {
                    throw context.retry(MINUTE);
                }))
                .isEqualTo("MaxRetriesExceededError");
    }

    @Test
    void theExceptionsOwnMaximumBeatsTheTasks() {
        assertThat(run(3, (args, kwargs, context) -> {
                    throw context.retry(MINUTE).upTo(4);
                }))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(run(0, (args, kwargs, context) -> {
                    throw context.retry(MINUTE).upTo(0);
                }))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(run(1_000, (args, kwargs, context) -> {
                    throw context.retry(MINUTE).upTo(-1);
                }))
                .isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void aTaskMayRejectRequeueOrIgnoreItsMessage() {
        assertThat(run((args, kwargs, context) -> {
                    throw context.reject("no such order");
                }))
                .isEqualTo(new Outcome.Refused(
                        "no such order", RemoteError.celery("Reject", "no such order"), Outcome.Refused.Kind.WISH, 0));
        assertThat(run((args, kwargs, context) -> {
                    throw context.requeue("not here");
                }))
                .isEqualTo(new Outcome.Returned(Outcome.Returned.Why.WISH));
        assertThat(run((args, kwargs, context) -> {
                    throw context.ignore();
                }))
                .isEqualTo(new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, null));
    }

    @Test
    void aMessageThatIsAcknowledgedAlreadyIsNotLostByAWish() {
        var early = TaskDefinition.of("t.x", (args, kwargs, context) -> {
                    throw context.requeue("not here");
                })
                .withOptions(TaskOptions.DEFAULT.with(TaskOptions.Trait.ACKS_EARLY));

        assertThat(run(early))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason())
                                .startsWith("not here: with ackEarly the message is acknowledged already"));
    }

    @ParameterizedTest
    @EnumSource(Job.Cause.class)
    void aTaskThatIsCancelledBeforeItsStartIsNotRun(Job.Cause cause) {
        var job = Given.job(Given.message("a"), TaskDefinition.of("t.x", (args, kwargs, context) -> {
            throw new AssertionError("it ran");
        }));
        job.cancel(cause);

        var outcome = call(job);

        assertThat(job.hasRun()).isFalse();
        assertThat(outcome).isNotInstanceOf(Outcome.Done.class);
        if (outcome instanceof Outcome.Failed failed) {
            assertThat(failed.error().type()).isNotEqualTo("AssertionError");
        }
    }

    @Test
    void saysWhetherTheTaskRan() {
        run((args, kwargs, context) -> {
            throw new IOException();
        });
        assertThat(job().hasRun()).isTrue();
    }

    private String error(TaskBody body) {
        return error(0, body);
    }

    private String error(int retries, TaskBody body) {
        return run(retries, body) instanceof Outcome.Failed failed
                ? failed.error().type()
                : "no failure";
    }

    private Outcome run(TaskBody body) {
        return run(0, body);
    }

    private Outcome run(int retries, TaskBody body) {
        return run(retries, TaskDefinition.of("t.x", body).withOptions(options));
    }

    private Outcome run(TaskDefinition definition) {
        return run(0, definition);
    }

    private Outcome run(int retries, TaskDefinition definition) {
        var job = Given.job(Given.message("a").toBuilder().retries(retries).build(), definition);
        last = job;
        return call(job);
    }

    private static Outcome call(Job job) {
        // half of what 64 bits can say
        return new Call(job, Contexts.of(job.message()), () -> 1L << 63).run();
    }

    private Job job() {
        return Objects.requireNonNull(last);
    }

    private static List<Object> circle() {
        var circle = new ArrayList<>();
        circle.add(circle);
        return circle;
    }

    /// What Jackson cannot write.
    static final class Unwritable {

        private final List<Integer> none = List.of();

        public int getHalf() {
            return none.getFirst();
        }
    }
}
