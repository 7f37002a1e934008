package dev.jtask.worker.settle;

import static dev.jtask.worker.settle.Effects.BOOM;
import static dev.jtask.worker.settle.Effects.DONE;
import static dev.jtask.worker.settle.Effects.FAILED;
import static dev.jtask.worker.settle.Effects.after;
import static dev.jtask.worker.settle.Effects.before;
import static dev.jtask.worker.settle.Effects.begin;
import static dev.jtask.worker.settle.Effects.count;
import static dev.jtask.worker.settle.Effects.failure;
import static dev.jtask.worker.settle.Effects.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JobSettlementTest {

    private static final Outcome RETRY = new Outcome.Retry(Duration.ZERO, BOOM, "trace");

    private final Scene scene = new Scene();

    @Test
    void tellsListenersAfterEverythingIsSettled() {
        scene.canvas.follow(outcome -> before(send("next")));

        scene.ends(DONE);

        assertThat(scene.lines()).containsExactly("send next", "tell a SUCCESS", "ack", "ended succeeded");
    }

    @Test
    void tellsListenersNothingBeforeTheConfirm() {
        var stored = new CompletableFuture<Void>();
        scene.backend.answer(result -> stored);

        scene.ends(DONE);
        assertThat(scene.lines()).containsExactly("tell a SUCCESS");

        stored.complete(null);
        assertThat(scene.lines()).containsExactly("tell a SUCCESS", "ack", "ended succeeded");
    }

    @Test
    void tellsHowLongTheJobHadItsSlot() {
        scene.clock.pass(Duration.ofSeconds(3));
        scene.ends(DONE);

        assertThat(scene.listener.ended())
                .singleElement()
                .satisfies(ended -> assertThat(ended.busy()).isEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void tellsOfALostJobInsteadWhenTheBrokerHasItAgain() {
        scene.sender.hold();
        scene.ends(RETRY);
        scene.receipt.lose();

        scene.sender.last().answer().completeExceptionally(BrokerFailures.notConfirmed("lost"));

        assertThat(scene.lines()).containsExactly("tell a RETRY", "send q", "requeue", "lost retried");
    }

    @Test
    void tellsOfALostJobWhenItComesBackBeforeItsAck() {
        scene.receipt.lose();
        scene.ends(DONE);

        assertThat(scene.lines()).containsExactly("tell a SUCCESS", "ack", "lost succeeded");
    }

    @Test
    void tellsOfALostJobWhenTheSenderEndsFirst() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("closed")));
        scene.ends(RETRY);

        assertThat(scene.lines()).containsExactly("tell a RETRY", "send q", "requeue", "lost retried");
    }

    @Test
    void failsATaskWhoseFollowUpIsRefusedAndWritesADeadLetter() {
        scene.canvas.follow(outcome -> outcome instanceof Outcome.Done
                ? before(begin("group"), send("next"))
                : after(count("mine", "FAILURE")));
        refuseSending("next");

        scene.ends(DONE);

        assertThat(scene.lines())
                .containsExactly(
                        "begin group",
                        "send next",
                        "tell a FAILURE",
                        "count mine FAILURE",
                        "send q.dead",
                        "ack",
                        "ended succeeded");
        assertThat(scene.backend.told().getFirst().result().error().message()).contains("refused: too large");
        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Ack());
    }

    @Test
    void doesNotSendAChordThatCannotBeCounted() {
        scene.canvas.follow(outcome ->
                outcome instanceof Outcome.Done ? before(begin("group"), send("next")) : AfterTask.Sequel.NONE);
        scene.chords.refuse(new StoreRefusedException("no chords here", null));

        scene.ends(DONE);

        assertThat(scene.lines())
                .containsExactly("begin group", "tell a FAILURE", "send q.dead", "ack", "ended succeeded");
    }

    @Test
    void failsATaskWhoseRetryIsRefused() {
        refuseSending(Given.QUEUE);

        scene.ends(RETRY);

        assertThat(scene.lines())
                .containsExactly("tell a RETRY", "send q", "tell a FAILURE", "send q.dead", "ack", "ended retried");
    }

    @Test
    void letsARetryGoOnOfWhichNobodyCanBeTold() {
        refuseTelling("RETRY");

        scene.ends(RETRY);

        assertThat(scene.lines()).containsExactly("tell a RETRY", "send q", "ack", "ended retried");
    }

    @Test
    void failsATaskWhoseResultIsRefused() {
        scene.canvas.follow(outcome -> after(count("mine", outcome instanceof Outcome.Done ? "SUCCESS" : "FAILURE")));
        refuseTelling("SUCCESS");

        scene.ends(DONE);

        assertThat(scene.lines())
                .containsExactly(
                        "tell a SUCCESS",
                        "tell a FAILURE",
                        "count mine FAILURE",
                        "send q.dead",
                        "ack",
                        "ended succeeded");
    }

    @Test
    void doesAllThatIsLeftWhenNotEvenTheFailureIsTaken() {
        scene.canvas.follow(outcome -> after(count("mine", "FAILURE"), send("errback")));
        refuseTelling("SUCCESS", "FAILURE");

        scene.ends(DONE);

        assertThat(scene.lines())
                .as("replaced once, and nobody waits for the chord")
                .containsExactly(
                        "tell a SUCCESS",
                        "tell a FAILURE",
                        "count mine FAILURE",
                        "send errback",
                        "send q.dead",
                        "ack",
                        "ended succeeded");
    }

    @Test
    void failsATaskWhoseResultNobodyWantsToThoseWhoCountOnIt() {
        scene.canvas.follow(
                outcome -> outcome instanceof Outcome.Done ? before(send("next")) : after(count("mine", "FAILURE")));
        refuseSending("next");

        scene.settler.ended(
                scene.job(Given.message("a").toBuilder().ignoreResult(true).build()), DONE);

        assertThat(scene.lines())
                .containsExactly("send next", "count mine FAILURE", "send q.dead", "ack", "ended succeeded");
    }

    @Test
    void leavesASuccessASuccessWhoseChordCannotBeCounted() {
        scene.canvas.follow(outcome -> after(count("mine", "SUCCESS")));
        scene.chords.refuse(new StoreRefusedException("wrong type", null));

        scene.ends(DONE);
        assertThat(scene.lines())
                .containsExactly("tell a SUCCESS", "count mine SUCCESS", "send q.dead", "ack", "ended succeeded");

        scene.journal.clear();
        scene.ends(new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, null));
        assertThat(scene.lines())
                .as("also one that is not told")
                .containsExactly("count mine SUCCESS", "send q.dead", "ack", "ended succeeded");
    }

    @Test
    void tellsTheOthersWhenOneOfThemCannotBeTold() {
        scene.canvas.follow(outcome -> after(failure("b"), failure("c"), count("mine", "FAILURE")));
        scene.backend.answer(result -> result.taskId().equals("b")
                ? CompletableFuture.failedFuture(BrokerFailures.refused("too long a name"))
                : CompletableFuture.completedFuture(null));

        scene.ends(FAILED);

        assertThat(scene.lines())
                .containsExactly(
                        "tell a FAILURE",
                        "tell b FAILURE",
                        "tell c FAILURE",
                        "count mine FAILURE",
                        "send q.dead",
                        "ack",
                        "ended failed");
    }

    @Test
    void doesNotFailTwiceForAnErrorCallbackThatIsRefused() {
        scene.canvas.follow(outcome -> after(count("mine", "FAILURE"), begin("group"), send("errback"), failure("b")));
        refuseSending("errback");

        scene.ends(FAILED);

        assertThat(scene.lines())
                .containsExactly(
                        "tell a FAILURE",
                        "count mine FAILURE",
                        "begin group",
                        "send errback",
                        "tell b FAILURE",
                        "send q.dead",
                        "ack",
                        "ended failed");
    }

    @Test
    void sendsNothingOfAnErrorCallbackWhoseChordCannotBegin() {
        scene.canvas.follow(outcome -> after(begin("group"), send("errback"), failure("b")));
        scene.chords.refuse(new StoreRefusedException("wrong type", null));

        scene.ends(FAILED);

        assertThat(scene.lines())
                .containsExactly(
                        "tell a FAILURE", "begin group", "tell b FAILURE", "send q.dead", "ack", "ended failed");
    }

    @Test
    void sendsTheBodyOfAChordThatItCompletes() {
        scene.canvas.follow(outcome -> after(count("mine", "SUCCESS"), send("last")));
        completeTheChord();

        scene.ends(DONE);

        assertThat(scene.lines())
                .containsExactly(
                        "tell a SUCCESS",
                        "count mine SUCCESS",
                        "send body",
                        "forget mine",
                        "send last",
                        "ack",
                        "ended succeeded");
    }

    @Test
    void tellsThoseWhoWaitForABodyThatIsRefused() {
        scene.canvas.follow(outcome -> after(count("mine", "SUCCESS"), send("last")));
        completeTheChord();
        refuseSending("body");

        scene.ends(DONE);

        assertThat(scene.lines())
                .containsExactly(
                        "tell a SUCCESS",
                        "count mine SUCCESS",
                        "send body",
                        "tell body FAILURE",
                        "forget mine",
                        "send last",
                        "send q.dead",
                        "ack",
                        "ended succeeded");
        assertThat(scene.backend.told().getLast().result().error().message()).contains("too large");
    }

    @Test
    void endsATaskWhoseWorkFlowCannotBePlanned() {
        scene.canvas.follow(outcome -> {
            throw new StackOverflowError();
        });

        scene.ends(DONE);

        assertThat(scene.lines()).containsExactly("tell a FAILURE", "send q.dead", "ack", "ended succeeded");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void endsATaskWhoseFailureCannotBePlannedEither() {
        scene.canvas.follow(outcome -> {
            if (outcome instanceof Outcome.Done) {
                return before(send("next"));
            }
            throw new IllegalStateException("no errbacks");
        });
        refuseSending("next");

        scene.ends(DONE);

        assertThat(scene.lines())
                .containsExactly("send next", "tell a FAILURE", "send q.dead", "ack", "ended succeeded");
    }

    @Test
    void writesADeadLetterForAChordThatCannotBeJoined() {
        scene.canvas.follow(outcome -> after(count("mine", "SUCCESS"))).join(joined -> {
            throw new IllegalStateException("no body");
        });
        scene.chords.join(part -> Optional.of(new Joined.Results(JsonNodeFactory.instance.arrayNode())));

        scene.ends(DONE);

        assertThat(scene.lines())
                .containsExactly("tell a SUCCESS", "count mine SUCCESS", "send q.dead", "ack", "ended succeeded");
    }

    @Test
    void tellsThoseWhoWaitForABodyWhosePartCannotBeCounted() {
        scene.canvas.follow(outcome -> after(count("mine", "SUCCESS"), send("last")));
        completeTheChord();
        scene.chords.refuse(new StoreRefusedException("wrong type", null));

        scene.ends(DONE);

        assertThat(scene.lines())
                .containsExactly(
                        "tell a SUCCESS",
                        "count mine SUCCESS",
                        "tell body FAILURE",
                        "send last",
                        "send q.dead",
                        "ack",
                        "ended succeeded");
        assertThat(scene.backend.told().getLast().result().error().message()).contains("wrong type");
    }

    @Test
    void isNotHeldUpByAListenerThatThrows() {
        scene.listener.failing(() -> {
            throw new AssertionError("a listener that breaks");
        });

        scene.ends(DONE);

        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Ack());
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    /// The body is sent; where that fails, those who wait for it are told why.
    private void completeTheChord() {
        scene.chords.join(part -> Optional.of(new Joined.Results(JsonNodeFactory.instance.arrayNode())));
        scene.canvas.join(joined -> switch (joined) {
            case Joined.Results _ -> List.of(send("body"), new Effect.Forget("mine"));
            case Joined.Failed(var _, var error) ->
                List.of(new Effect.Tell(Effects.sender("body"), ResultMessage.of("body", "FAILURE", error)));
        });
    }

    private void refuseSending(String queue) {
        scene.sender.answer(parcel -> parcel.route().routingKey().equals(queue)
                ? RecordingSender.failed(BrokerFailures.refused("too large"))
                : RecordingSender.confirmed());
    }

    private void refuseTelling(String... states) {
        var refused = Set.of(states);
        scene.backend.answer(result -> refused.contains(result.status())
                ? CompletableFuture.failedFuture(BrokerFailures.refused("too large"))
                : CompletableFuture.completedFuture(null));
    }
}
