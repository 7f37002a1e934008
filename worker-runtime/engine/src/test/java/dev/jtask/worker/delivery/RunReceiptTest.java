package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RunReceiptTest {

    private static final Predicate<Instant> LONG = SettableClock.START::equals;

    private static final Disposition ACK = new Disposition.Ack();
    private static final Disposition REQUEUE = new Disposition.Requeue();

    private final FakeReceipt first = new FakeReceipt();
    private final FakeReceipt second = new FakeReceipt();
    private final FakeReceipt third = new FakeReceipt();
    private final RunReceipt run =
            (RunReceipt) new Runs(new SettableClock()).begin(delivery(first)).receipt();

    @Test
    void isSettledOnce() {
        run.settle(ACK);
        run.settle(REQUEUE);

        assertThat(first.settled()).containsExactly(ACK);
        assertThat(run.adopt(delivery(second))).isFalse();
    }

    @Test
    void theNewestDeliveryGoesBackAndItsCopiesDoNot() {
        run.adopt(delivery(second));
        run.adopt(delivery(third));
        run.settle(REQUEUE);

        assertThat(first.settled()).containsExactly(ACK);
        assertThat(second.settled()).containsExactly(ACK);
        assertThat(third.settled()).containsExactly(REQUEUE);
    }

    @Test
    void isLostAsLongAsTheBrokerHasTheMessage() {
        first.lose();
        assertThat(run.isLost()).isTrue();
        assertThat(run.holdsNothing()).isTrue();
        run.adopt(delivery(second));

        assertThat(run.isLost()).isFalse();
        assertThat(run.holdsNothing()).isFalse();
    }

    @Test
    void keepsItsSlotAloneWhereNoDeliveryIsOpen() {
        assertThat(run.keepsSlotAlone(true)).isFalse();
        first.lose();
        assertThat(run.keepsSlotAlone(false)).isTrue();
        run.adopt(delivery(second));
        assertThat(run.keepsSlotAlone(true)).isFalse();

        run.settle(ACK);
        assertThat(run.keepsSlotAlone(false))
                .as("acknowledged early, and perhaps short")
                .isFalse();
        assertThat(run.keepsSlotAlone(true)).isTrue();
    }

    @Test
    void whatIsHeldInAnotherWayIsAcknowledgedWhereItWas() {
        assertThat(run.moved(first, second)).isTrue();
        assertThat(first.settled()).containsExactly(ACK);
        run.settle(REQUEUE);

        assertThat(second.settled()).containsExactly(REQUEUE);
        assertThat(first.settled()).containsExactly(ACK);
    }

    @Test
    void whatTheBrokerHasAgainOrIsDoneCannotBeMoved() {
        first.lose();
        assertThat(run.moved(first, second)).isFalse();
        run.adopt(delivery(third));
        assertThat(run.moved(first, second)).isFalse();
        run.settle(ACK);

        assertThat(run.moved(third, second)).isFalse();
        assertThat(second.settled()).isEmpty();
    }

    @Test
    void itsEndingIsUnderWayFromWhenItLeavesItsSlotUntilItIsSettled() {
        var channel = new FakeChannel(new FakeConnection(), 1);
        var nowhere = new Destinations();
        var source = new QueueConsumer(channel.channel(), "q", 0, Map.of(), nowhere, nowhere, new SettableClock());
        var ticket = new Ticket(1, source.acknowledger(), source);
        var ends = (RunReceipt) new Runs(new SettableClock())
                .begin(Given.delivery(Given.wire(Given.message("b")), ticket))
                .receipt();
        assertThat(ends.hasEndedItsRun(LONG)).as("it runs").isFalse();

        ends.leftSlot(SettableClock.START);
        assertThat(ends.hasEndedItsRun(since -> false)).as("just now").isFalse();
        assertThat(ends.hasEndedItsRun(LONG)).isTrue();
        ends.waitsForStore(true);
        assertThat(ends.hasEndedItsRun(LONG))
                .as("others would wait for Redis too")
                .isFalse();
        ends.waitsForStore(false);
        assertThat(ends.hasEndedItsRun(LONG)).isTrue();
        ends.settle(ACK);
        assertThat(ends.hasEndedItsRun(LONG)).isFalse();
        source.acknowledger().stop();
    }

    @Test
    void anEndingWhoseMessageIsElsewhereKeepsNothingOfItsQueue() {
        run.leftSlot(SettableClock.START);

        assertThat(run.hasEndedItsRun(LONG)).isFalse();
    }

    private static Delivery delivery(FakeReceipt receipt) {
        return Given.delivery(Given.wire(Given.message("a")), receipt);
    }
}
