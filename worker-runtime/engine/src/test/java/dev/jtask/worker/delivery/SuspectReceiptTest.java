package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.Parcel;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspectReceiptTest {

    private final FakeChannel channel = new FakeChannel(new FakeConnection(), 1);
    private final Acknowledger acknowledger = new Acknowledger(channel.channel());
    private final RecordingSender sender = new RecordingSender();
    private final List<Disposition> settled = new ArrayList<>();
    private final List<String> rests = new ArrayList<>();
    private long tag;
    private final SuspectReceipt receipt = receipt("q");

    @AfterEach
    void stop() {
        acknowledger.stop();
    }

    @Test
    void whatIsDoneIsDone() {
        receipt.settle(new Disposition.Ack());

        assertThat(settled).containsExactly(new Disposition.Ack());
        assertThat(sender.sent()).isEmpty();
    }

    @Test
    void whatGoesBackIsANewMessageAmongTheSuspectsFirst() {
        sender.hold();
        receipt.settle(new Disposition.Requeue());
        assertThat(sender.last().to()).isEqualTo("q.suspects");
        assertThat(sender.last().parcel().upkeep()).isEqualTo(Parcel.Upkeep.PLAIN);
        assertThat(Returns.count(sender.last().parcel().message()))
                .as("a wish counts, or it could go on for ever")
                .isEqualTo(1);
        assertThat(settled).isEmpty();

        sender.last().answer().complete(null);
        assertThat(settled).containsExactly(new Disposition.Ack());
    }

    @Test
    void whatIsLeftMakesAllRest() {
        receipt.settle(new Disposition.Leave("no dead letters"));

        assertThat(rests).containsExactly("no dead letters");
        assertThat(sender.destinations()).containsExactly("q.suspects");
    }

    @Test
    void whatIsHeldWaitsInItsQueue() {
        receipt.settle(new Disposition.Hold(Duration.ofSeconds(2), null));

        assertThat(sender.destinations()).containsExactly("q");
    }

    /// In its queue its deaths would be counted anew, without an end.
    @Test
    void whatWasBlamedTooOftenWaitsInTheBrokerAndComesBack() {
        receipt("q.suspects").settle(new Disposition.Hold(Duration.ofSeconds(2), null));

        assertThat(sender.last().parcel().upkeep()).isEqualTo(Parcel.Upkeep.DELAYED);
        assertThat(sender.last().parcel().queue()).isEqualTo("q.suspects");
        assertThat(settled).containsExactly(new Disposition.Ack());
        assertThat(rests).isEmpty();
    }

    @Test
    void itsTurnStaysItsOwnWhileItWaitsInTheBroker() {
        var waits = receipt("q.suspects");
        waits.settle(new Disposition.Hold(Duration.ofDays(1), Instant.EPOCH));
        var back = receipt("q.suspects");
        back.settle(new Disposition.Hold(Duration.ofSeconds(1), Instant.EPOCH));
        var turnless = receipt("q.suspects");
        turnless.settle(new Disposition.Hold(Duration.ofDays(1), null));

        assertThat(waits.isOver()).isFalse();
        assertThat(turnless.isOver()).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(back::isOver);
    }

    @Test
    void aTurnThatItCannotWaitForIsTheNextOnes() {
        sender.answer(parcel -> parcel.upkeep() == Parcel.Upkeep.DELAYED
                ? RecordingSender.failed(BrokerFailures.refused("no"))
                : RecordingSender.confirmed());
        var suspect = receipt("q.suspects");
        suspect.settle(new Disposition.Hold(Duration.ofDays(1), Instant.EPOCH));

        assertThat(suspect.isOver()).isTrue();
    }

    @Test
    void whereTheBrokerKeepsNothingForItItsQueueRests() {
        sender.answer(parcel -> parcel.upkeep() == Parcel.Upkeep.DELAYED
                ? RecordingSender.failed(BrokerFailures.refused("no"))
                : RecordingSender.confirmed());
        receipt("q.suspects").settle(new Disposition.Hold(Duration.ofMillis(200), null));

        assertThat(sender.last().to()).isEqualTo("q.suspects");
        assertThat(settled).containsExactly(new Disposition.Ack());
        assertThat(rests).singleElement().asString().contains("queue 'q'", "cannot wait in the broker");
    }

    @Test
    void holdsTheLaneForAsLongAsItRuns() {
        assertThat(receipt.isRunning()).isTrue();
        receipt.leftSlot();

        await().atMost(Duration.ofSeconds(60)).until(() -> !receipt.isRunning());
        assertThat(settled).as("its ending waits").isEmpty();
    }

    @Test
    void onlyTheFirstSettlementCounts() {
        receipt.settle(new Disposition.Requeue());
        receipt.settle(new Disposition.Ack());
        receipt.settle(new Disposition.Leave("late"));

        assertThat(sender.sent()).hasSize(1);
        assertThat(rests).isEmpty();
    }

    @Test
    void whatCannotBeSentGoesBackAsItIs() {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.refused("no")));
        receipt.settle(new Disposition.Requeue());

        assertThat(settled).containsExactly(new Disposition.Requeue());
    }

    @Test
    void whatTheBrokerHasAgainIsNotDoubled() {
        channel.close(Ends.network());
        receipt.settle(new Disposition.Requeue());

        assertThat(receipt.isLost()).isTrue();
        assertThat(sender.sent()).isEmpty();
    }

    private SuspectReceipt receipt(String home) {
        acknowledger.delivered(++tag, 0);
        var ticket = new Ticket(tag, acknowledger, new Ticket.Source() {
            @Override
            public void hold(Delivery delivery, Disposition.Hold hold) {}

            @Override
            public void leave(String reason, Runnable giveBack) {}

            @Override
            public void giveBack(Delivery delivery) {}

            @Override
            public void settled(Disposition how) {
                settled.add(how);
            }
        });
        return new SuspectReceipt(ticket, "q", home, Given.wire(Given.message("a")), sender, new Moves(), rests::add);
    }
}
