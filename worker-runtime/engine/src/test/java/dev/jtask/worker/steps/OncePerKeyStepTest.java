package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.backend.Claims.Answer;
import dev.jtask.backend.Claims.Change;
import dev.jtask.backend.Claims.Holder;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.FakeClaims;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OncePerKeyStepTest {

    private static final Outcome LATER = new Outcome.Later(Duration.ofSeconds(10), new Outcome.Unanswered(1));
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Map<String, Object> KEY =
            Map.of(JtaskHeaders.IDEMPOTENCY_KEY, "k", JtaskHeaders.IDEMPOTENCY_WINDOW, HOUR.toSeconds());

    private final SettableClock clock = new SettableClock();
    private final HandTimer timer = new HandTimer();
    private final FakeClaims claims = new FakeClaims();
    private final OncePerKeyStep step = new OncePerKeyStep(claims, timer, clock);
    private final Around rest = new Around();

    @Test
    void letsATaskWithoutAKeyPass() {
        assertThat(step.around(Given.job("a"), rest)).isEqualTo(Around.RUN);
        assertThat(claims.asked()).isEmpty();
    }

    @Test
    void runsTheFirstAndKeepsItsResultForTheWindow() {
        assertThat(around()).isEqualTo(Around.RUN);

        assertThat(claims.asked())
                .extracting(holder -> holder.task() + " " + holder.key() + " " + holder.taskId())
                .containsExactly("t.x k a");
        assertThat(claims.changes()).containsExactly(new Change.Ended(TextNode.valueOf("run"), HOUR));
        assertThat(timer.waiting()).as("nobody renews the key any more").isEmpty();
    }

    @Test
    void aKeyOfManyCallsInOneMessageIsOfTheTaskThatTheyCall() {
        for (var task : List.of("mail.send", "invoices.print")) {
            step.around(
                    Given.job(TaskMessage.builder("a", "celery.map")
                            .kwargs(JsonNodeFactory.instance
                                    .objectNode()
                                    .set(
                                            "task",
                                            JsonNodeFactory.instance
                                                    .objectNode()
                                                    .put("task", task)))
                            .customHeaders(KEY)
                            .build()),
                    rest);
        }

        assertThat(claims.asked()).extracting(Holder::task).doesNotHaveDuplicates();
    }

    @Test
    void tellsTwoRunsOfOneMessageApart() {
        around();
        around();

        assertThat(claims.asked().get(0).owner())
                .isNotEqualTo(claims.asked().get(1).owner());
    }

    @Test
    void givesTheLaterOnesTheResultOfTheFirst() {
        claims.answer(new Answer.Ended(TextNode.valueOf("before")));
        assertThat(around()).isEqualTo(new Outcome.Done(TextNode.valueOf("before")));

        claims.answer(new Answer.Ended(null));
        assertThat(around()).isEqualTo(new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, null));
        assertThat(rest.passed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "4,4", "100,10", "-5,1"})
    void waitsAsLongAsTheOtherOneHasRun(long secondsSince, long wait) {
        claims.answer(new Answer.Taken(clock.instant().minusSeconds(secondsSince)));

        assertThat(around()).isEqualTo(new Outcome.Later(Duration.ofSeconds(wait), new Outcome.InTheBroker()));
        assertThat(rest.passed).isEmpty();
    }

    @Test
    void waitsWhenTheKeyCannotBeLookedUp() {
        claims.answer(CompletableFuture.failedFuture(new StoreUnavailableException("gone", null)));
        assertThat(around()).isEqualTo(LATER);

        var cancelled = new CompletableFuture<Answer>();
        cancelled.cancel(false);
        claims.answer(cancelled);
        assertThat(around()).isEqualTo(LATER);
    }

    @ParameterizedTest
    @CsvSource({"1,20", "2,40", "3,60", "2147483647,60"})
    void waitsLongerEachTimeThatItsKeyCannotBeLookedUp(int times, long wait) {
        claims.answer(CompletableFuture.failedFuture(new StoreUnavailableException("NOPERM", null)));
        var again = Given.delivery(
                Given.wire(Given.wire(keyed().message()), Map.of(JtaskHeaders.PUT_OFF, times)), new FakeReceipt());

        assertThat(step.around(new Job(again, keyed().message(), Given.DEFINITION, SettableClock.START), rest))
                .isInstanceOfSatisfying(Outcome.Later.class, later -> {
                    assertThat(later.delay()).hasSeconds(wait);
                    assertThat(later.where()).isInstanceOf(Outcome.Unanswered.class);
                });
    }

    @Test
    void refusesATaskWhoseKeyCanNeverBeLookedUp() {
        claims.answer(CompletableFuture.failedFuture(new StoreRefusedException("WRONGTYPE", null)));

        assertThat(around())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(
                                        "idempotency key 'k' cannot be looked up: WRONGTYPE; remove what is kept under it"));
        assertThat(rest.passed).isEmpty();
    }

    @Test
    void waitsWhenItIsInterruptedWhileItAsks() {
        claims.answer(new CompletableFuture<>());
        Thread.currentThread().interrupt();

        assertThat(around()).isEqualTo(LATER);
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
    }

    @Test
    void keepsTheKeyWhileTheTaskRuns() {
        step.around(keyed(), job -> {
            timer.pass(Duration.ofSeconds(7));
            assertThat(claims.changes())
                    .containsExactly(
                            new Change.Running(Duration.ofSeconds(10)), new Change.Running(Duration.ofSeconds(10)));
            return Around.RUN;
        });
    }

    @Test
    void aRunThatWasGivenUpLosesItsKey() {
        var job = keyed();
        step.around(job, onward -> {
            job.claim();
            timer.pass(Duration.ofSeconds(4));
            assertThat(claims.changes()).containsExactly(new Change.Free());
            return Around.RUN;
        });

        assertThat(claims.changes())
                .as("its late end is no result")
                .containsExactly(new Change.Free(), new Change.Free());
    }

    static List<Outcome> unfinished() {
        return List.of(
                new Outcome.Failed(RemoteError.celery("Boom"), null, Outcome.Failed.Kind.UNEXPECTED),
                Outcome.Refused.unfit("Boom", "why"),
                new Outcome.Revoked(Outcome.Revoked.TERMINATED),
                new Outcome.Returned(Outcome.Returned.Why.DRAIN),
                LATER);
    }

    @ParameterizedTest
    @MethodSource("unfinished")
    void whatIsNoSuccessFreesTheKey(Outcome outcome) {
        rest.ending(outcome);

        assertThat(around()).isEqualTo(outcome);
        assertThat(claims.changes()).containsExactly(new Change.Free());
    }

    @Test
    void aRetryKeepsTheKeyUntilItIsDue() {
        rest.ending(new Outcome.Retry(HOUR, RemoteError.celery("Boom"), ""));
        around();

        assertThat(claims.changes()).containsExactly(new Change.Waiting(HOUR.plusMinutes(5)));
    }

    @Test
    void anEndOfWhichNobodyIsToldIsKeptWithoutAValue() {
        rest.ending(new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, null));
        around();

        assertThat(claims.changes()).containsExactly(new Change.Ended(null, HOUR));
    }

    @Test
    void aStepThatThrowsFreesTheKey() {
        assertThatThrownBy(() -> step.around(keyed(), job -> {
                    throw new AssertionError("broken");
                }))
                .isInstanceOf(AssertionError.class);

        assertThat(claims.changes()).containsExactly(new Change.Free());
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void aValueThatCannotBeKeptFreesTheKey() {
        claims.take(change -> change instanceof Change.Ended
                ? CompletableFuture.failedFuture(new StoreRefusedException("too large", null))
                : CompletableFuture.allOf());

        assertThat(around()).isEqualTo(Around.RUN);
        assertThat(claims.changes()).last().isEqualTo(new Change.Free());
    }

    @Test
    void aStoreThatIsGoneAtTheEndCostsTheTaskNothing() {
        claims.take(change -> CompletableFuture.failedFuture(new StoreUnavailableException("gone", null)));

        assertThat(around()).isEqualTo(Around.RUN);
    }

    @Test
    void refusesAKeyThatWorkersCannotShare() {
        var alone = new OncePerKeyStep(null, timer, clock);

        assertThat(alone.around(keyed(), rest)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.error().type()).isEqualTo("NotImplementedError");
            assertThat(refused.reason()).contains("JTASK_RESULT_BACKEND");
        });
        assertThat(alone.around(Given.job("a"), rest)).isEqualTo(Around.RUN);
    }

    @Test
    void refusesAKeyThatIsNone() {
        assertThat(step.around(keyed(Map.of(JtaskHeaders.IDEMPOTENCY_KEY, 5)), rest))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo("InvalidTaskError"));
        assertThat(step.around(keyed(Map.of(JtaskHeaders.IDEMPOTENCY_KEY, " ")), rest))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(rest.passed).isEmpty();
    }

    private Outcome around() {
        return step.around(keyed(), rest);
    }

    private static Job keyed() {
        return keyed(KEY);
    }

    private static Job keyed(Map<String, Object> headers) {
        return Given.job(Given.message("a").toBuilder()
                .customHeaders(Map.copyOf(headers))
                .build());
    }
}
