package dev.jtask.worker.settle;

import static dev.jtask.worker.run.Ran.ran;
import static dev.jtask.worker.settle.Effects.BOOM;
import static dev.jtask.worker.settle.Effects.DONE;
import static dev.jtask.worker.settle.Effects.FAILED;
import static dev.jtask.worker.settle.Effects.after;
import static dev.jtask.worker.settle.Effects.before;
import static dev.jtask.worker.settle.Effects.begin;
import static dev.jtask.worker.settle.Effects.count;
import static dev.jtask.worker.settle.Effects.failure;
import static dev.jtask.worker.settle.Effects.letter;
import static dev.jtask.worker.settle.Effects.send;
import static dev.jtask.worker.settle.Effects.sender;
import static dev.jtask.worker.settle.Effects.unread;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.SignalWaits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndingTest {

    private static final Disposition ACK = new Disposition.Ack();
    private static final Disposition REQUEUE = new Disposition.Requeue();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Instant now = SettableClock.START;
    private final FakeCanvas canvas = new FakeCanvas();
    private Job job = Given.job("a");

    @Test
    void aTaskThatIsDoneIsTold() {
        assertThat(Ending.of(job, DONE, canvas, now)).isEqualTo(new Ending(List.of(success("a")), ACK));
    }

    @Test
    void aTaskThatFailedIsTold() {
        assertThat(Ending.of(job, FAILED, canvas, now)).isEqualTo(new Ending(List.of(failure("a")), ACK));
    }

    @Test
    void aFailedTaskThatGoesToTheDeadLettersIsNotKeptTwice() {
        var kept = new Effect.KeepFailed(new Effect.DeadLetter("the task failed", 1, "Boom('x')"));

        assertThat(Ending.without(job, "too large", List.of(failure("b"), kept)))
                .isEqualTo(new Ending(List.of(failure("b"), new Effect.DeadLetter("too large", 1, "Boom('x')")), ACK));
    }

    @Test
    void whatFollowsComesBeforeTheResultThatNamesIt() {
        canvas.follow(outcome ->
                new AfterTask.Sequel(List.of(begin("group"), send("next")), List.of(count("mine", "SUCCESS"))));

        assertThat(Ending.of(job, DONE, canvas, now))
                .isEqualTo(new Ending(
                        List.of(begin("group"), send("next"), success("a", "for next"), count("mine", "SUCCESS")),
                        ACK));
    }

    @Test
    void aFailureIsToldBeforeWhatFollowsIt() {
        canvas.follow(outcome -> after(failure("end of the chain"), count("mine", "FAILURE"), send("errback")));

        assertThat(Ending.of(job, FAILED, canvas, now))
                .isEqualTo(new Ending(
                        List.of(failure("a"), failure("end of the chain"), count("mine", "FAILURE"), send("errback")),
                        ACK));
    }

    @Test
    void aResultNamesTheTasksThatTheTaskSentAndThoseThatFollow() {
        job.children().add("child");
        canvas.follow(outcome -> before(send("next")));

        assertThat(Ending.of(job, DONE, canvas, now))
                .isEqualTo(new Ending(List.of(send("next"), success("a", "child", "for next")), ACK));
    }

    @Test
    void aTaskThatIgnoresItsEndIsNotTold() {
        canvas.follow(outcome -> after(count("mine", "SUCCESS")));

        assertThat(Ending.of(job, new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, null), canvas, now))
                .isEqualTo(new Ending(List.of(count("mine", "SUCCESS")), ACK));
    }

    @Test
    void nobodyIsToldWhoDoesNotWantTheResult() {
        job = Given.job(message().ignoreResult(true).build());
        canvas.follow(outcome -> after(count("mine", "SUCCESS")));

        assertThat(Ending.of(job, DONE, canvas, now)).isEqualTo(new Ending(List.of(count("mine", "SUCCESS")), ACK));
        assertThat(Ending.of(job, FAILED, AfterTask.NOTHING, now)).isEqualTo(new Ending(List.of(), ACK));
        assertThat(Ending.of(job, retry(MINUTE), AfterTask.NOTHING, now).effects())
                .singleElement()
                .isInstanceOf(Effect.Send.class);
    }

    @Test
    void aRetryIsToldBeforeItIsSentSinceItMayEndBeforeItsConfirmIsHere() {
        assertThat(Ending.of(job, retry(MINUTE), canvas, now))
                .isEqualTo(new Ending(
                        List.of(
                                new Effect.Tell(sender("a"), ResultMessage.error("a", "RETRY", BOOM, "trace")),
                                again(message()
                                        .retries(1)
                                        .eta(now.plus(MINUTE))
                                        .parentId("a")
                                        .build())),
                        ACK));
    }

    @Test
    void aRetryWithoutDelayHasNoEta() {
        job = Given.job(
                message().retries(4).eta(now.minusSeconds(9)).parentId("p").build());

        assertThat(Ending.of(job, retry(Duration.ZERO), canvas, now).effects().getLast())
                .isEqualTo(again(message().retries(5).parentId("p").build()));
    }

    @Test
    void aRetryCountsItsReturnsAnew() {
        job = Given.job(message()
                .customHeaders(Map.of("x-jtask-redeliveries", 2, "mine", "x"))
                .build());

        assertThat(Ending.of(job, retry(Duration.ZERO), canvas, now).effects().getLast())
                .isEqualTo(again(message()
                        .retries(1)
                        .parentId("a")
                        .customHeaders(Map.of("mine", "x"))
                        .build()));
    }

    @Test
    void aRetryTravelsAsTheMessageDid() {
        var others = new WireProperties.Others("order-7", SettableClock.START, "order", "guest", "shop");
        var compressed = Given.wire(
                message().customHeaders(Map.of("compression", "gzip")).build());
        var wire = new WireMessage(compressed.properties().withOthers(others), compressed.body());
        var delivered = new Job(
                Given.delivery(wire, new FakeReceipt()), message().build(), Given.DEFINITION, SettableClock.START);

        var again = Ending.of(delivered, retry(Duration.ZERO), canvas, now)
                .effects()
                .getLast();

        assertThat(again).isInstanceOfSatisfying(Effect.Send.class, send -> {
            var retry = TaskCodec.encode(send.tasks().getFirst().message(), now);
            assertThat(retry.properties().headers()).containsEntry("compression", "gzip");
            assertThat(TaskCodec.decode(retry)).isInstanceOf(DecodeResult.Decoded.class);
            assertThat(retry.properties().others())
                    .as("nobody may send in another's name")
                    .isEqualTo(others.withoutUser());
        });
    }

    @Test
    void aTaskThatIsNotDueWaitsInTheBrokerOrHereWhenItIsAlmost() {
        assertThat(Ending.of(job, new Outcome.Later(MINUTE, new Outcome.InTheBroker()), canvas, now))
                .isEqualTo(new Ending(List.of(new Effect.Resend(MINUTE, SignalWaits.NONE)), ACK));

        var moment = Duration.ofMillis(999);
        assertThat(Ending.of(job, new Outcome.Later(moment, new Outcome.InTheBroker()), canvas, now))
                .isEqualTo(new Ending(List.of(), new Disposition.Hold(moment, null)));
    }

    @Test
    void aTaskAtItsLimitWaitsInTheBrokerAndIsCounted() {
        assertThat(Ending.of(job, new Outcome.Later(MINUTE, new Outcome.BehindOthers(3)), canvas, now))
                .isEqualTo(new Ending(List.of(new Effect.Resend(MINUTE, 3, SignalWaits.NONE)), ACK));
        assertThat(Ending.of(job, new Outcome.Later(MINUTE, new Outcome.Unanswered(3)), canvas, now))
                .as("also where nobody can say so")
                .isEqualTo(new Ending(List.of(new Effect.Resend(MINUTE, 3, SignalWaits.NONE)), ACK));
    }

    @Test
    void aTaskThatWaitsForASignalTellsItAndIsParked() {
        var end = now.plus(MINUTE);

        var ending = Ending.of(job, new Outcome.Later(MINUTE, new Outcome.ForSignal("approval", end)), canvas, now);
        assertThat(ending.then()).isEqualTo(ACK);
        assertThat(ending.effects().getFirst()).isInstanceOfSatisfying(Effect.Tell.class, tell -> {
            assertThat(tell.result().status()).isEqualTo("WAITING");
            assertThat(tell.result().result().path("signal").asText()).isEqualTo("approval");
            assertThat(tell.result().result().path("until").asText()).isEqualTo(end.toString());
        });
        assertThat(ending.effects().getLast())
                .isEqualTo(new Effect.Park(new SignalPlace("a", "approval"), MINUTE, job.waits()));
    }

    @Test
    void aTaskThatWaitsForItsTurnWaitsHere() {
        var turn = now.plus(MINUTE);

        assertThat(Ending.of(job, new Outcome.Later(MINUTE, new Outcome.Here(turn)), canvas, now))
                .isEqualTo(new Ending(List.of(), new Disposition.Hold(MINUTE, turn)));
    }

    @Test
    void aRevocationIsToldAsAFailureIs() {
        canvas.follow(outcome -> after(count("mine", "REVOKED")));

        assertThat(Ending.of(job, new Outcome.Revoked(Outcome.Revoked.EXPIRED), canvas, now))
                .isEqualTo(new Ending(
                        List.of(
                                new Effect.Tell(
                                        sender("a"),
                                        ResultMessage.error(
                                                "a",
                                                "REVOKED",
                                                RemoteError.celery("TaskRevokedError", "expired"),
                                                null)),
                                count("mine", "REVOKED")),
                        ACK));
    }

    @Test
    void whatIsRefusedIsPutToTheDeadLettersAndTold() {
        canvas.follow(outcome -> after(count("mine", "FAILURE")));

        assertThat(Ending.of(job, Outcome.Refused.unfit("NotRegistered", "why"), canvas, now))
                .isEqualTo(new Ending(
                        List.of(
                                new Effect.DeadLetter("why", 1, "NotRegistered('why')"),
                                failure("a", RemoteError.celery("NotRegistered", "why")),
                                count("mine", "FAILURE")),
                        ACK));
    }

    @Test
    void whatATaskRejectsItselfIsToldFirstSinceItDoesNotComeAgain() {
        var byTask = new Outcome.Refused("why", BOOM, Outcome.Refused.Kind.WISH, 0);

        assertThat(Ending.of(ran(job), byTask, canvas, now))
                .isEqualTo(new Ending(List.of(failure("a", BOOM), new Effect.DeadLetter("why", 1, null)), ACK));
    }

    @Test
    void aDeadLetterSaysHowOftenItWasTried() {
        job = Given.job(message().retries(2).build());
        var byTask = new Outcome.Refused("why", BOOM, Outcome.Refused.Kind.WISH, 0);
        var byCount = new Outcome.Refused("why", BOOM, Outcome.Refused.Kind.UNFIT, 21);

        assertThat(Ending.of(ran(job), byTask, canvas, now).effects()).endsWith(new Effect.DeadLetter("why", 3, null));
        // told first, since it never runs again, also where its letter has to wait
        assertThat(Ending.of(job, byCount, canvas, now).effects())
                .startsWith(failure("a", BOOM))
                .endsWith(new Effect.DeadLetter("why", 21, BOOM.display()));
    }

    @Test
    void aDeadLetterShowsNoArgumentThatIsHidden() {
        var byTask = new Outcome.Refused("why", BOOM, Outcome.Refused.Kind.WISH, 0);
        job = Given.job(message()
                .kwargs(JsonNodeFactory.instance.objectNode().put("password", "h4nter2"))
                .repr("()", "{'password': 'h4nter2'}")
                .build());
        assertThat(Ending.of(ran(job), byTask, canvas, now).effects())
                .endsWith(new Effect.DeadLetter("why", 1, null, new Effect.Shown("()", "{'password': '<redacted>'}")));

        job = Given.job(message()
                .customHeaders(Map.of("x-jtask-protection", "encrypted"))
                .repr("('h4nter2',)", "{}")
                .build());
        assertThat(Ending.without(job, "why", List.of()).effects())
                .endsWith(new Effect.DeadLetter("why", 1, null, new Effect.Shown("<encrypted>", "<encrypted>")));
    }

    @Test
    void ofArgumentsThatNobodyCouldReadNothingIsShown() {
        var sent = message().repr("()", "{'password': 'h4nter2'}").build();
        var rest = message().repr("<not read>", "<not read>").build();
        var unread = new Job(
                Given.delivery(Given.wire(sent), new FakeReceipt()), rest, Given.DEFINITION, SettableClock.START);

        assertThat(Ending.of(unread, Outcome.Refused.unfit("InvalidTaskError", "why"), canvas, now)
                        .effects())
                .startsWith(new Effect.DeadLetter(
                        "why", 1, "InvalidTaskError('why')", new Effect.Shown("<not read>", "<not read>")));
    }

    @Test
    void aTaskThatWantsToGoBackGoesBack() {
        assertThat(Ending.of(job, new Outcome.Returned(Outcome.Returned.Why.WISH), canvas, now))
                .isEqualTo(new Ending(List.of(), REQUEUE));
    }

    @Test
    void whatADrainInterruptsIsSentAnewSoThatItsReturnDoesNotCount() {
        assertThat(Ending.of(job, new Outcome.Returned(Outcome.Returned.Why.DRAIN), canvas, now))
                .isEqualTo(new Ending(List.of(new Effect.Resend(Duration.ZERO, SignalWaits.NONE)), ACK));
    }

    @Test
    void aMessageThatIsNoTaskIsAnsweredAndPutToTheDeadLetters() {
        assertThat(Ending.of(new Malformed("why", "a", "t.x", "replies", "c")))
                .isEqualTo(new Ending(List.of(unread("why"), invalid("a", "replies", "c")), ACK));
        assertThat(Ending.of(new Malformed("why", null, null, null, "c")))
                .as("known by its correlation id")
                .isEqualTo(new Ending(List.of(unread("why"), invalid("c", "", "c")), ACK));
        assertThat(Ending.of(new Malformed("why", "a", null, "replies", null)))
                .isEqualTo(new Ending(List.of(unread("why"), invalid("a", "replies", "a")), ACK));
    }

    @Test
    void aMessageThatNobodyCanKnowAgainIsPutToTheDeadLettersOnly() {
        assertThat(Ending.of(new Malformed("why", null, null, "replies", null)))
                .isEqualTo(new Ending(List.of(unread("why")), ACK));
        assertThat(Ending.of(new Malformed("why", "", null, "replies", "")))
                .isEqualTo(new Ending(List.of(unread("why")), ACK));
    }

    @Test
    void aJobThatCannotEndAsItDidFailsAndIsPutToTheDeadLetters() {
        canvas.follow(outcome -> after(count("mine", "FAILURE"), send("errback")));

        assertThat(Ending.unsendable(job, "too large", canvas, now))
                .isEqualTo(new Ending(
                        List.of(
                                failure("a", RemoteError.celery("OperationalError", "too large")),
                                count("mine", "FAILURE"),
                                send("errback"),
                                letter("too large")),
                        ACK));
    }

    @Test
    void itFailsAlsoWhereNobodyWantsTheResult() {
        job = Given.job(message().ignoreResult(true).build());
        canvas.follow(
                outcome -> outcome instanceof Outcome.Failed ? after(count("mine", "FAILURE")) : AfterTask.Sequel.NONE);

        assertThat(Ending.unsendable(job, "too large", canvas, now))
                .isEqualTo(new Ending(List.of(count("mine", "FAILURE"), letter("too large")), ACK));
    }

    @Test
    void aJobWhoseEndStandsGoesOnWithoutWhatIsRefused() {
        assertThat(Ending.without(job, "too large", List.of(send("next"))))
                .isEqualTo(new Ending(List.of(send("next"), letter("too large")), ACK));
        assertThat(Ending.without(job, "too large", List.of(letter("first"))))
                .as("one dead letter is enough")
                .isEqualTo(new Ending(List.of(letter("first")), ACK));
    }

    private static Outcome retry(Duration delay) {
        return new Outcome.Retry(delay, BOOM, "trace");
    }

    private static TaskMessage.Builder message() {
        return Given.message("a").toBuilder();
    }

    private static Effect.Send again(TaskMessage message) {
        return new Effect.Send(List.of(new Routed(Route.toQueue(Given.QUEUE), message)));
    }

    private static Effect.Tell invalid(String id, String replyTo, String correlationId) {
        return new Effect.Tell(
                new Addressee(id, replyTo, correlationId, null, null),
                ResultMessage.error(id, "FAILURE", RemoteError.celery("InvalidTaskError", "why"), null));
    }

    private static Effect.Tell success(String id, String... children) {
        var tuples = JsonNodeFactory.instance.arrayNode();
        for (var child : children) {
            tuples.addArray()
                    .add(JsonNodeFactory.instance.arrayNode().add(child).addNull())
                    .addNull();
        }
        return new Effect.Tell(sender(id), new ResultMessage(id, "SUCCESS", TextNode.valueOf("value"), null, tuples));
    }
}
