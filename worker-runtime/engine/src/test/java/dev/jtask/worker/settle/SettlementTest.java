package dev.jtask.worker.settle;

import static dev.jtask.worker.settle.Effects.letter;
import static dev.jtask.worker.settle.Effects.send;
import static dev.jtask.worker.settle.Effects.success;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import dev.jtask.worker.run.SignalWaits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How one ending is carried out, whatever it is the ending of; for a message that is no task nothing else
/// happens.
class SettlementTest {

    private static final Disposition ACK = new Disposition.Ack();

    private static final Effect KEPT = new Effect.KeepFailed(new Effect.DeadLetter("it failed", 4, "Boom('x')"));

    private final Scene scene = new Scene();

    @Test
    void carriesEffectsOutInOrderAndSettlesAfterTheLast() {
        carryOut(ACK, send("one"), success("a"), send("two"), letter("why"));

        assertThat(scene.lines())
                .containsExactly("send one", "tell a SUCCESS", "send two", "send q.dead", "ack", "malformed of q");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void waitsForEachConfirmBeforeTheNext() {
        scene.sender.hold();
        carryOut(ACK, send("one"), send("two"));
        assertThat(scene.lines()).containsExactly("send one");
        assertThat(scene.settler.unsettled().count()).isEqualTo(1);

        scene.sender.last().answer().complete(null);
        assertThat(scene.lines()).containsExactly("send one", "send two");

        scene.sender.last().answer().complete(null);
        assertThat(scene.lines()).containsExactly("send one", "send two", "ack", "malformed of q");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void neverHoldsUpTheThreadThatConfirms() throws InterruptedException {
        scene.sender.hold();
        carryOut(ACK, send("one"), send("two"));

        var sendersThread =
                Thread.ofPlatform().start(() -> scene.sender.last().answer().complete(null));

        assertThat(sendersThread.join(Duration.ofSeconds(60))).isTrue();
        assertThat(scene.lines()).as("and the next is on its way").containsExactly("send one", "send two");
    }

    @Test
    void settlesAtOnceWhereNothingIsToBeDone() {
        carryOut(new Disposition.Requeue());

        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Requeue());
    }

    @Test
    void twoEffectsThatAreEqualAreBothCarriedOut() {
        carryOut(ACK, send("one"), send("one"));

        assertThat(scene.lines()).containsExactly("send one", "send one", "ack", "malformed of q");
    }

    @Test
    void standsStillForNothingThatGoesWrongOnTheWay() {
        scene.backend.answer(result -> CompletableFuture.failedFuture(new StoreUnavailableException("away", null)));
        var failing = new Receipt() {
            @Override
            public void settle(Disposition how) {
                scene.receipt.settle(how);
            }

            @Override
            public boolean isLost() {
                return false;
            }

            @Override
            public void waitsForStore(boolean waits) {
                throw new IllegalStateException("which nobody foresaw");
            }
        };

        var delivery = Given.delivery(Given.wire(Given.message("a")), failing);
        new Settlement(scene.settler, delivery, new Ending(List.of(success("a")), ACK)).start();

        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Requeue());
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void triesAgainWithPausesWhileTheStoreIsAway() {
        var calls = new AtomicInteger();
        scene.backend.answer(result -> calls.incrementAndGet() < 4
                ? CompletableFuture.failedFuture(new StoreUnavailableException("away", null))
                : CompletableFuture.completedFuture(null));

        carryOut(ACK, success("a"));
        assertThat(scene.backend.told()).hasSize(1);
        assertThat(scene.timer.waiting())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofMillis(50), Duration.ofMillis(100)));
        assertThat(scene.receipt.settled()).isEmpty();

        scene.timer.pass(scene.timer.waiting().getFirst());
        assertThat(scene.timer.waiting())
                .singleElement()
                .satisfies(pause ->
                        assertThat(pause).as("longer").isBetween(Duration.ofMillis(100), Duration.ofMillis(200)));
        scene.timer.pass(Duration.ofSeconds(10));

        assertThat(scene.backend.told()).hasSize(4);
        assertThat(scene.receipt.settled()).containsExactly(ACK);
        assertThat(scene.timer.waiting()).isEmpty();
    }

    @Test
    void givesUpAResultThatNobodyReads() {
        scene.backend.answer(result -> CompletableFuture.failedFuture(BrokerFailures.unroutable("replies")));

        carryOut(ACK, success("a"), send("one"));

        assertThat(scene.lines())
                .containsExactly("tell a SUCCESS", "unroutable a", "send one", "ack", "malformed of q");
    }

    @Test
    void givesUpAResultThatIsNotTakenForTooLong() {
        scene.backend.answer(result -> CompletableFuture.failedFuture(BrokerFailures.notConfirmed("queue full")));

        carryOut(ACK, success("a"), send("one"));

        assertThat(scene.lines()).containsExactly("tell a SUCCESS", "given up a", "send one", "ack", "malformed of q");
    }

    @Test
    void goesOnWhenAMeterFails() {
        scene.backend.answer(result -> CompletableFuture.failedFuture(BrokerFailures.unroutable("replies")));
        scene.misses.fail(new IllegalStateException("a registry that is closed"));

        carryOut(ACK, success("a"), send("one"));

        assertThat(scene.lines()).contains("send one", "ack");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void answersNobodyWhereTheAnswerIsRefusedButWritesTheDeadLetter() {
        scene.backend.answer(result -> CompletableFuture.failedFuture(BrokerFailures.refused("too long a name")));

        carryOut(ACK, success("a"), letter("why"));

        assertThat(scene.lines()).containsExactly("tell a SUCCESS", "send q.dead", "ack", "malformed of q");
    }

    @Test
    void takesWhateverAnEffectThrowsForItsRefusal() {
        scene.backend.answer(result -> {
            throw new StackOverflowError();
        });

        carryOut(ACK, success("a"), letter("why"));

        assertThat(scene.lines()).contains("send q.dead", "ack");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void writesALetterThatIsRefusedOnceMoreWithoutItsHeaders() {
        var headers = Given.wire(Given.wire(Given.message("a")), Map.of("mine", "x"));
        scene.sender.answer(parcel -> parcel.message().properties().headers().containsKey("mine")
                ? RecordingSender.failed(BrokerFailures.refused("headers too large"))
                : RecordingSender.confirmed());

        new Settlement(scene.settler, Given.delivery(headers, scene.receipt), new Ending(List.of(letter("why")), ACK))
                .start();

        assertThat(scene.lines()).containsExactly("send q.dead", "send q.dead", "ack", "malformed of q");
        assertThat(scene.sender.last().parcel().message().properties().headers())
                .containsEntry("id", "a")
                .containsEntry("x-jtask-reason", "why");
    }

    @Test
    void leavesAMessageThatNotEvenTheDeadLettersTake() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.refused("forbidden")));

        carryOut(ACK, letter("why"));

        assertThat(scene.receipt.settled())
                .containsExactly(new Disposition.Leave(
                        "a message of queue 'q' can neither be run nor put to the dead letters: the message to"
                                + " 'there' is refused: forbidden"));
        assertThat(scene.lines())
                .as("it is not with the dead letters, so nobody hears that it is")
                .containsExactly("send q.dead", "send q.dead", "leave");
    }

    @Test
    void leavesAMessageForWhichTheDeadLettersAreTooFull() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));

        carryOut(ACK, letter("why"));

        assertThat(scene.receipt.settled())
                .containsExactly(new Disposition.Leave(
                        "a message of queue 'q' can neither be run nor put to the dead letters: publishing to"
                                + " 'q.dead' was not confirmed: the broker refused it, the queue may be full"));
        assertThat(scene.lines()).as("not tried with less").containsExactly("send q.dead", "leave");
    }

    @Test
    void keepsAFailedTask() {
        carryOut(ACK, success("a"), KEPT);

        assertThat(scene.lines()).containsExactly("tell a SUCCESS", "send q.failed", "ack", "malformed of q");
        assertThat(headers()).containsEntry("x-jtask-reason", "it failed").containsEntry("x-jtask-attempt", 4);
    }

    @Test
    void putsAFailedTaskThatIsNotTakenToTheDeadLetters() {
        scene.sender.answer(parcel -> parcel.queue().equals("q.failed")
                ? RecordingSender.failed(BrokerFailures.refused("forbidden"))
                : RecordingSender.confirmed());

        carryOut(ACK, KEPT);

        assertThat(scene.lines())
                .as("once more with less, and then elsewhere")
                .containsExactly("send q.failed", "send q.failed", "send q.dead", "ack", "malformed of q");
        assertThat(headers().get("x-jtask-reason"))
                .isEqualTo(
                        "it failed, and is not among the failed tasks: the message to 'there' is refused: forbidden");
        assertThat(headers()).containsEntry("x-jtask-exception", "Boom('x')");
    }

    @Test
    void putsAFailedTaskToTheDeadLettersWhenTheFailedOnesAreTooMany() {
        scene.sender.answer(parcel -> parcel.queue().equals("q.failed")
                ? RecordingSender.failed(BrokerFailures.full("q.failed"))
                : RecordingSender.confirmed());

        carryOut(ACK, KEPT);

        assertThat(scene.lines()).containsExactly("send q.failed", "send q.dead", "ack", "malformed of q");
    }

    @Test
    void neitherLosesNorRunsAgainAFailedTaskThatNobodyTakes() {
        scene.sender.answer(parcel -> RecordingSender.failed(
                parcel.queue().equals("q.failed") ? BrokerFailures.full("q") : BrokerFailures.refused("forbidden")));

        carryOut(ACK, KEPT);
        assertThat(scene.lines()).containsExactly("send q.failed", "send q.dead", "send q.dead");
        assertThat(scene.receipt.settled()).isEmpty();
        assertThat(scene.settler.unsettled().count()).isEqualTo(1);
        var first = scene.timer.waiting();
        scene.timer.pass(first.getFirst());
        assertThat(scene.timer.waiting())
                .singleElement()
                .satisfies(pause -> assertThat(pause).as("longer").isGreaterThan(Duration.ofMillis(90)));

        scene.journal.clear();
        scene.sender.answer(parcel -> RecordingSender.confirmed());
        scene.timer.pass(Duration.ofMinutes(1));

        assertThat(scene.lines()).containsExactly("send q.failed", "ack", "malformed of q");
        assertThat(headers()).containsEntry("x-jtask-reason", "it failed");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void requeuesAFailedTaskWhenTheWorkerEndsBeforeItIsKept() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("closed")));

        carryOut(ACK, KEPT);

        assertThat(scene.lines()).containsExactly("send q.failed", "requeue");
    }

    @Test
    void requeuesWhatAFullQueueDoesNotTakeAnew() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q")));

        carryOut(ACK, new Effect.Resend(Duration.ZERO, SignalWaits.NONE));

        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Requeue());
    }

    @Test
    void handsBackWhatTheSenderCouldNotSendBeforeItsEnd() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("closed")));

        carryOut(ACK, send("one"), send("two"));

        assertThat(scene.lines()).containsExactly("send one", "requeue");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void endsWithoutAWordWhenTheBrokerHasTheMessageAgain() {
        scene.sender.hold();
        carryOut(ACK, send("one"), send("two"));

        scene.receipt.lose();
        scene.sender.last().answer().completeExceptionally(BrokerFailures.notConfirmed("connection lost"));

        assertThat(scene.lines()).as("whoever comes again runs").containsExactly("send one", "requeue");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void tellsTheReceiptThatAllIsDoneAlsoWhenTheBrokerHasTheMessageAgain() {
        scene.sender.hold();
        carryOut(ACK, send("one"));

        scene.receipt.lose();
        scene.sender.last().answer().complete(null);

        assertThat(scene.lines()).containsExactly("send one", "ack");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void saysOfWhatIsSentAgainThatItIsElsewhere() {
        carryOut(ACK, new Effect.Resend(Duration.ZERO, SignalWaits.NONE));

        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Moved());
    }

    @Test
    void stopsTryingWhenTheBrokerHasTheMessageAgain() {
        scene.backend.answer(result -> CompletableFuture.failedFuture(new StoreUnavailableException("away", null)));
        carryOut(ACK, success("a"));

        scene.receipt.lose();
        scene.timer.pass(Duration.ofMinutes(1));

        assertThat(scene.timer.waiting()).isEmpty();
        assertThat(scene.settler.unsettled().count()).isZero();
        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Requeue());
    }

    @Test
    void holdsWhatMayNotWaitInTheBroker() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.refused("no delays here")));

        carryOut(ACK, new Effect.Resend(Duration.ofMinutes(1), SignalWaits.NONE));

        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Hold(Duration.ofMinutes(1), null));
    }

    @Test
    void requeuesWhatCannotBeSentAnew() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.unroutable("q")));

        carryOut(ACK, new Effect.Resend(Duration.ZERO, SignalWaits.NONE));

        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Requeue());
    }

    @Test
    void leavesTheRemainsOfAChordWhereTheyCannotBeForgotten() {
        scene.chords.refuse(new StoreRefusedException("wrong type", null));

        carryOut(ACK, new Effect.Forget("group"), send("one"));

        assertThat(scene.lines()).containsExactly("forget group", "send one", "ack", "malformed of q");
    }

    private void carryOut(Disposition then, Effect... effects) {
        var delivery = Given.delivery(Given.wire(Given.message("a")), scene.receipt);
        new Settlement(scene.settler, delivery, new Ending(List.of(effects), then)).start();
    }

    private Map<String, @Nullable Object> headers() {
        return scene.sender.last().parcel().message().properties().headers();
    }
}
