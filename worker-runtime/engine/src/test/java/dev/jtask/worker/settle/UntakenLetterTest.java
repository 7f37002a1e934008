package dev.jtask.worker.settle;

import static dev.jtask.worker.run.Ran.ran;
import static dev.jtask.worker.settle.Effects.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.registry.TaskOptions.Trait;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Of a task that has run, the dead letter is not taken: it does not run again for that, and nothing is lost.
class UntakenLetterTest {

    private static final Outcome REJECTED =
            new Outcome.Refused("seen twice", RemoteError.celery("Reject", "seen twice"), Outcome.Refused.Kind.WISH, 0);

    private static final Malformed MALFORMED = new Malformed("no body", "b", null, "replies", null);

    private final Scene scene = new Scene();

    /// What the broker has against it.
    enum Refusal {
        FULL,
        FORBIDDEN;

        Throwable failure() {
            return this == FULL ? BrokerFailures.full("q.dead") : BrokerFailures.refused("forbidden");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatRejectsItsMessageIsToldOnceAndWaitsForItsLetter(Refusal why) {
        scene.sender.answer(parcel -> RecordingSender.failed(why.failure()));

        scene.settler.ended(ran(scene.job(Given.message("a"))), REJECTED);

        assertThat(scene.lines()).startsWith("tell a FAILURE", "send q.dead").doesNotContain("leave");
        waitsWithPausesThatGrow();
        scene.journal.clear();
        scene.sender.answer(parcel -> RecordingSender.confirmed());
        scene.timer.pass(Duration.ofMinutes(2));
        assertThat(scene.lines()).containsExactly("send q.dead", "ack", "ended rejected");
        assertThat(scene.sender.last().parcel().message().properties().headers())
                .as("all of them, though the last try was with fewer")
                .containsEntry("x-jtask-reason", "seen twice")
                .containsKey("argsrepr");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void aTaskWhoseResultIsNeverTakenDoesToo() {
        scene.backend.answer(result -> CompletableFuture.failedFuture(BrokerFailures.refused("too large")));
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));

        scene.settler.ended(ran(scene.job(Given.message("a"))), DONE);

        assertThat(scene.lines()).containsExactly("tell a SUCCESS", "tell a FAILURE", "send q.dead");
        waitsWithPausesThatGrow();
    }

    @Test
    void whatDidNotRunIsLeftForItCanRunLater() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));

        scene.ends(REJECTED);

        assertThat(scene.receipt.settled()).singleElement().isInstanceOf(Disposition.Leave.class);
    }

    @Test
    void nobodyHearsOfItEachTimeThatItIsLeft() {
        scene.canvas.follow(outcome -> Effects.after(Effects.count("mine", "FAILURE"), Effects.send("errback")));
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));
        for (int time = 0; time < 3; time++) {
            scene.ends(Outcome.Refused.unfit("NotRegistered", "unknown"));
        }
        scene.settler.malformed(scene.job(Given.message("b")).delivery(), MALFORMED, 0);

        assertThat(scene.lines()).containsOnly("send q.dead", "leave", "lost rejected");

        scene.journal.clear();
        scene.sender.answer(parcel -> RecordingSender.confirmed());
        scene.ends(Outcome.Refused.unfit("NotRegistered", "unknown"));
        assertThat(scene.lines().subList(0, 2)).containsExactly("send q.dead", "tell a FAILURE");
        assertThat(scene.lines()).endsWith("ack", "ended rejected");
    }

    @Test
    void noSecondLetterIsWrittenOfWhatCannotBeTold() {
        scene.canvas.follow(outcome -> Effects.after(Effects.count("mine", "FAILURE")));
        scene.backend.answer(result -> CompletableFuture.failedFuture(BrokerFailures.refused("too large")));
        scene.chords.refuse(new StoreRefusedException("wrong type", null));

        scene.ends(Outcome.Refused.unfit("NotRegistered", "unknown"));

        assertThat(scene.lines()).containsOnlyOnce("send q.dead").endsWith("ack", "ended rejected");
    }

    /// It waits for a signal, and nobody has it to hold while it does.
    @Test
    void whatWasAcknowledgedBeforeItsRunIsPutOffHoweverLongThatTakes() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.refused("no delays here")));

        scene.settler.ended(
                ran(acknowledgedEarly()), new Outcome.Later(Duration.ofSeconds(10), new Outcome.InTheBroker()));

        assertThat(scene.settler.unsettled().forGood()).isEqualTo(1);
        waitsWithPausesThatGrow();
        scene.sender.answer(parcel -> RecordingSender.confirmed());
        scene.timer.pass(Duration.ofMinutes(2));
        assertThat(scene.lines()).endsWith("moved", "ended postponed");
        assertThat(scene.settler.unsettled().forGood()).isZero();
    }

    /// What was called with is found not to fit only where it is called.
    @Test
    void soIsOneWhoseArgumentsDoNotFit() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));

        scene.settler.ended(ran(scene.job(Given.message("a"))), Outcome.Refused.unfit("TypeError", "no such argument"));

        assertThat(scene.receipt.settled()).singleElement().isInstanceOf(Disposition.Leave.class);
    }

    /// Given back, it would come as a new message, and end one more worker.
    @ParameterizedTest
    @EnumSource
    void oneThatEndedItsWorkersTooOftenIsNeverGivenBack(Refusal why) {
        scene.sender.answer(parcel -> RecordingSender.failed(why.failure()));

        scene.ends(new Outcome.Refused(
                "delivered 12 times", RemoteError.celery("Reject", "12"), Outcome.Refused.Kind.UNFIT, 12));

        assertThat(scene.lines()).contains("send q.dead").doesNotContain("leave", "requeue");
        waitsWithPausesThatGrow();
    }

    @Test
    void oneThatWasAcknowledgedBeforeItsRunIsNotLostEither() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));

        scene.settler.ended(ran(acknowledgedEarly()), REJECTED);

        assertThat(scene.settler.unsettled().forGood()).isEqualTo(1);
        scene.sender.answer(parcel -> RecordingSender.confirmed());
        scene.timer.pass(Duration.ofMinutes(2));
        assertThat(scene.lines()).endsWith("send q.dead", "ack", "ended rejected");
        assertThat(scene.settler.unsettled().forGood()).isZero();
    }

    @Test
    void itGoesBackWhenTheWorkerEndsFirst() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));
        scene.settler.ended(ran(scene.job(Given.message("a"))), REJECTED);

        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("closed")));
        scene.timer.pass(Duration.ofMinutes(2));

        assertThat(scene.lines()).endsWith("send q.dead", "requeue", "lost rejected");
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    private void waitsWithPausesThatGrow() {
        assertThat(scene.receipt.settled()).isEmpty();
        assertThat(scene.settler.unsettled().count()).isEqualTo(1);
        var first = scene.timer.waiting().getFirst();
        scene.timer.pass(first);
        assertThat(scene.timer.waiting())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isGreaterThan(Duration.ofMillis(90)));
        assertThat(scene.receipt.settled()).isEmpty();
    }

    private Job acknowledgedEarly() {
        var early = Given.DEFINITION.withOptions(TaskOptions.DEFAULT.with(Trait.ACKS_EARLY));
        return Given.job(Given.message("a"), early, scene.receipt);
    }
}
