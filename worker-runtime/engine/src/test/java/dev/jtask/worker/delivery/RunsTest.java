package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunsTest {

    private static final Disposition ACK = new Disposition.Ack();

    /// Two that share the id of the first, as senders wish at times.
    private static final List<TaskMessage> OTHERS = List.of(
            TaskMessage.builder("a", "t.other").replyTo("replies").build(),
            Given.message("a").toBuilder()
                    .args(JsonNodeFactory.instance.arrayNode().add(1))
                    .build());

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

    @Test
    void anotherMessageOfTheSameIdRunsThoughThatOneRunsOrHasRun() {
        for (var other : OTHERS) {
            var runs = new Runs(clock);
            var ticket = new FakeReceipt();
            var run = runs.begin(delivery("a", ticket, false));
            assertThat(runs.adopt(delivery(other, second, true)))
                    .as("beside it")
                    .isFalse();

            run.receipt().settle(ACK);
            assertThat(runs.adopt(delivery(other, second, true))).as("after it").isFalse();
        }
        assertThat(second.settled()).isEmpty();
    }

    @Test
    void anotherMessageOfTheSameIdRunsThoughThatOneIsExpectedBack() {
        for (var other : OTHERS) {
            var ticket = new FakeReceipt();
            var run = runs.begin(delivery("a", ticket, false));
            ticket.lose();
            run.receipt().settle(ACK);

            assertThat(runs.adopt(delivery(other, second, true))).isFalse();
        }
        assertThat(second.settled()).isEmpty();
    }

    private static Delivery delivery(String id, FakeReceipt receipt, boolean again) {
        return delivery(Given.message(id), receipt, again);
    }

    private static Delivery delivery(TaskMessage message, FakeReceipt receipt, boolean again) {
        var given = Given.delivery(Given.wire(message), receipt);
        return new Delivery(given.queue(), given.message(), again, given.at(), null, receipt);
    }

    private static Delivery retry(String id, FakeReceipt receipt) {
        var message = Given.wire(Given.message(id).toBuilder().retries(1).build());
        return new Delivery(Given.QUEUE, message, true, SettableClock.START, null, receipt);
    }
}
