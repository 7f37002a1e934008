package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.BrokerFailures;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ParkedMessageTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Disposition ACK = new Disposition.Ack();

    private final FakeLot lot = new FakeLot();
    private final RecordingSender sender = new RecordingSender();
    private final FakeReceipt ticket = new FakeReceipt();
    private final RunReceipt run = run(0);
    private final ParkedMessage message = new ParkedMessage(run, LEASE, 3, sender, 0);
    private long now;

    @Test
    void theDeliveryIsAcknowledgedOnceTheCopyIsSafe() {
        lot.away = true;
        step(0);
        assertThat(ticket.settled()).isEmpty();
        lot.away = false;
        step(10);

        assertThat(ticket.settled()).containsExactly(ACK);
        assertThat(run.isParked()).isTrue();
    }

    @Test
    void theCopySaysThatItsTaskWasRunning() {
        step(0);
        var copy = Objects.requireNonNull(lot.parked.get(lot.place()));

        assertThat(Returns.count(copy)).isEqualTo(1);
        assertThat(lot.place().backTo()).isEqualTo("q");
        assertThat(lot.place().queue()).startsWith("q.parked.");
    }

    @Test
    void afterSeveralReturnsItComesBackAmongTheSuspects() {
        new ParkedMessage(run(2), LEASE, 3, sender, 0).step(lot, 0);

        assertThat(lot.place().backTo()).isEqualTo("q.suspects");
    }

    @Test
    void isRenewedThreeTimesInALease() {
        step(0);
        step(9);
        assertThat(lot.calls).containsExactly("put");
        step(2);
        assertThat(lot.calls).containsExactly("put", "renew");
        step(11);
        assertThat(lot.calls).containsExactly("put", "renew", "renew");
        assertThat(run.isLost()).isFalse();
    }

    @Test
    void aLeaseThatIsOverLosesTheMessage() {
        step(0);
        lot.parked.clear();

        assertThat(step(40)).isTrue();
        assertThat(run.isLost()).isTrue();
    }

    @Test
    void aBrokerThatIsAwayIsAskedAgain() {
        step(0);
        lot.away = true;
        step(11);
        lot.away = false;
        step(11);

        assertThat(lot.calls).containsExactly("put", "renew", "renew");
        assertThat(run.isLost()).isFalse();
    }

    @Test
    void isRemovedWhenItsTaskIsDoneAndNotBefore() {
        step(0);
        run.settle(ACK);
        assertThat(lot.parked).hasSize(1);
        assertThat(message.isLeaving()).isTrue();

        assertThat(step(0)).isTrue();
        assertThat(lot.parked).isEmpty();
        assertThat(ticket.settled()).containsExactly(ACK);
    }

    @Test
    void isRemovedAlsoWhenThatTakesSeveralTries() {
        step(0);
        run.settle(ACK);
        lot.away = true;
        assertThat(step(1)).isFalse();
        lot.away = false;

        assertThat(step(11)).isTrue();
        assertThat(lot.parked).isEmpty();
    }

    @Test
    void aTaskThatEndsMeanwhileLeavesNothingBehind() {
        run.settle(ACK);

        assertThat(step(0)).isTrue();
        assertThat(lot.calls).isEmpty();
    }

    @Test
    void aCopyWhoseConfirmWasLostGoesWithItsTask() {
        lot.mute = true;
        step(0);
        assertThat(lot.parked).hasSize(1);
        lot.mute = false;
        run.settle(ACK);
        step(10);

        assertThat(step(0)).isTrue();
        assertThat(lot.parked).isEmpty();
    }

    @Test
    void aCopyWhoseConfirmWasLostWithItsDeliveryIsNotLeftBesideTheBrokersOwn() {
        lot.mute = true;
        step(0);
        lot.mute = false;
        ticket.lose();
        step(10);

        assertThat(step(0)).isTrue();
        assertThat(lot.parked).isEmpty();
    }

    @Test
    void aDeliveryThatIsLostMeanwhileIsNotParkedBesideTheBrokersOwn() {
        ticket.lose();

        assertThat(step(0)).isTrue();
        assertThat(lot.calls).isEmpty();
        assertThat(run.isParked()).isFalse();
    }

    @Test
    void theTasksOwnWishToRunAgainIsCounted() {
        step(0);
        run.settle(new Disposition.Requeue());
        step(0);

        assertThat(sender.destinations()).containsExactly("q");
        assertThat(Returns.count(sender.last().parcel().message())).isEqualTo(1);
        assertThat(lot.parked).isEmpty();
    }

    @Test
    void whatCannotBeSentGoesBackByItself() {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("the worker ends")));
        step(0);
        run.settle(new Disposition.Requeue());

        assertThat(step(0)).isTrue();
        assertThat(lot.parked).hasSize(1);
    }

    @Test
    void whatComesAgainThoughItIsParkedIsACopy() {
        step(0);
        var again = new FakeReceipt();
        run.adopt(new Delivery("q", Given.wire(Given.message("a")), true, SettableClock.START, null, again));

        assertThat(again.settled()).containsExactly(ACK);
        assertThat(run.isParked()).isTrue();
    }

    @Test
    void whatComesOutOfItsPlaceIsTheMessageAndNoCopy() {
        step(0);
        var back = new FakeReceipt();
        var out = lot.expire();
        run.adopt(new Delivery("q", out, false, SettableClock.START, null, back));

        assertThat(back.settled()).as("held as long as its task runs").isEmpty();
        assertThat(run.isLost()).isFalse();
        assertThat(step(0)).as("nothing is parked any more").isTrue();
        assertThat(lot.calls).contains("remove");
        run.settle(ACK);
        assertThat(back.settled()).containsExactly(ACK);
    }

    @Test
    void whatComesOutOfItsPlaceTwiceIsHeldOnce() {
        step(0);
        var out = lot.expire();
        var lost = new FakeReceipt();
        run.adopt(new Delivery("q", out, false, SettableClock.START, null, lost));
        lost.lose();
        var back = new FakeReceipt();
        run.adopt(new Delivery("q", out, true, SettableClock.START, null, back));

        assertThat(back.settled()).isEmpty();
        run.settle(ACK);
        assertThat(back.settled()).containsExactly(ACK);
    }

    /// @param seconds that pass before
    private boolean step(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        return message.step(lot, now);
    }

    private RunReceipt run(int returns) {
        var wire = Given.wire(Given.message("a"));
        var counted = returns == 0 ? wire : Given.wire(wire, Map.of(JtaskHeaders.REDELIVERIES, returns));
        return (RunReceipt) new Runs(new SettableClock())
                .begin(Given.delivery(counted, ticket))
                .receipt();
    }
}
