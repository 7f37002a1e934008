package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunsTest {

    private static final Disposition ACK = new Disposition.Ack();

    private final SettableClock clock = new SettableClock();
    private final Runs runs = new Runs(clock);
    private final FakeReceipt first = new FakeReceipt();
    private final FakeReceipt second = new FakeReceipt();

    @Test
    void whatComesAgainWhileItRunsIsSettledWithItsRun() {
        var run = runs.begin(delivery("a", first, false));
        first.lose();

        assertThat(runs.adopt(delivery("a", second, true))).isTrue();
        assertThat(second.settled()).isEmpty();
        assertThat(run.receipt().isLost()).isFalse();
        run.receipt().settle(ACK);
        assertThat(second.settled()).containsExactly(ACK);
        assertThat(runs.underWay()).isEmpty();
    }

    @Test
    void whatComesForTheFirstTimeRuns() {
        runs.begin(delivery("a", first, false));

        assertThat(runs.adopt(delivery("a", second, false)))
                .as("the sender's wish")
                .isFalse();
        assertThat(runs.adopt(delivery("b", second, true))).isFalse();
        assertThat(runs.adopt(retry("a", second))).isFalse();
    }

    @Test
    void aCopyThatAnotherWorkerPutBackIsKnownByItsCount() {
        runs.begin(delivery("a", first, false));
        WireMessage counted = Given.wire(Given.wire(Given.message("a")), Map.of(JtaskHeaders.REDELIVERIES, 1));

        assertThat(runs.adopt(Given.delivery(counted, second))).isTrue();
    }

    @Test
    void whatComesAgainAfterItsRunIsAcknowledgedOnce() {
        var run = runs.begin(delivery("a", first, false));
        first.lose();
        run.receipt().settle(ACK);

        assertThat(runs.adopt(delivery("a", second, true))).isTrue();
        assertThat(second.settled()).containsExactly(ACK);
        assertThat(runs.adopt(delivery("a", second, true)))
                .as("another message")
                .isFalse();
    }

    @Test
    void whatComesLongAfterwardsRuns() {
        var run = runs.begin(delivery("a", first, false));
        first.lose();
        run.receipt().settle(ACK);
        clock.pass(Duration.ofMinutes(6));

        assertThat(runs.adopt(delivery("a", second, true))).isFalse();
    }

    @Test
    void whatWasNotDoneRunsWhenItComesAgain() {
        for (var how : new Disposition[] {
            new Disposition.Requeue(), new Disposition.Moved(), new Disposition.Leave("no"),
        }) {
            var receipt = new FakeReceipt();
            var run = runs.begin(delivery("a", receipt, false));
            receipt.lose();
            run.receipt().settle(how);

            assertThat(runs.adopt(delivery("a", second, true))).as("%s", how).isFalse();
        }
    }

    @Test
    void anAcknowledgementThatMayNotHaveArrivedIsGivenAgain() {
        runs.begin(delivery("a", first, false)).receipt().settle(ACK);

        assertThat(runs.adopt(delivery("a", second, true))).isTrue();
        assertThat(second.settled()).containsExactly(ACK);
        runs.begin(delivery("moved", first, false)).receipt().settle(new Disposition.Moved());
        assertThat(runs.adopt(delivery("moved", new FakeReceipt(), true)))
                .as("it is to come again")
                .isFalse();
    }

    @Test
    void twoMessagesOfOneIdBothRun() {
        runs.begin(delivery("a", first, false));
        var twin = delivery("a", second, false);

        assertThat(runs.begin(twin)).isSameAs(twin);
    }

    private static Delivery delivery(String id, FakeReceipt receipt, boolean again) {
        var given = Given.delivery(Given.wire(Given.message(id)), receipt);
        return new Delivery(given.queue(), given.message(), again, given.at(), null, receipt);
    }

    private static Delivery retry(String id, FakeReceipt receipt) {
        var message = Given.wire(Given.message(id).toBuilder().retries(1).build());
        return new Delivery(Given.QUEUE, message, true, SettableClock.START, null, receipt);
    }
}
