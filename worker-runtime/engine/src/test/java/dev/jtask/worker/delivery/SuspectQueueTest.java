package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.OversizedMessages;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Disposition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What keeps the suspects of one queue waiting, which those of others do not share.
class SuspectQueueTest extends SuspectScene {

    @Test
    void oneThatIsLeftGoesBackAndRestsNoOtherQueue() throws IOException {
        suspect("killer", 5, true);
        suspect("good", 3, false);
        lane.look(List.of("q", "other"));
        next().receipt().settle(new Disposition.Ack());
        await("no acknowledgement of both")
                .atMost(SOON)
                .until(() -> channel().settled.contains("ack 2"));
        refusedOnes.getFirst().receipt().settle(new Disposition.Leave("no dead letters"));

        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(sender.last().to())
                .as("as a new one, which no limit of the broker's counts")
                .isEqualTo(SUSPECTS);
        assertThat(Returns.count(sender.last().parcel().message())).isEqualTo(6);
        assertThat(lane.trouble()).isEqualTo("no dead letters");
        suspect("rests", 3, false);
        lane.expect("q");
        assertThat(lane.next()).isNull();
        suspect("other.suspects", "b", 3, false);
        lane.expect("other");
        assertThat(id(next())).isEqualTo("b");
    }

    @Test
    void onesWhoseLettersWaitAreHeldAndNotFetchedAgain() throws IOException {
        for (int i = 0; i < 150; i++) {
            suspect("killer", 5, true);
        }
        lane.look(List.of("q"));
        assertThat(lane.next()).isNull();

        assertThat(refusals).hasSize(100);
        assertThat(sender.sent()).isEmpty();
        assertThat(lane.next()).as("as many as may wait").isNull();
        assertThat(refusals).hasSize(100);
        refusedOnes.forEach(each -> each.receipt().settle(new Disposition.Ack()));
        assertThat(lane.next()).isNull();
        assertThat(refusals).hasSize(150);
    }

    @Test
    void oneWhoseEndingWaitsKeepsNoOthersFromTheirRun() throws IOException {
        suspect("rejects", 3, false);
        suspect("other.suspects", "b", 3, false);
        lane.look(List.of("q", "other"));
        var first = next();
        assertThat(lane.next()).as("it runs").isNull();
        ((SuspectReceipt) first.receipt()).leftSlot();
        assertThat(lane.next()).as("its ending may take its moment").isNull();

        await().atMost(SOON).until(() -> {
            var second = lane.next();
            return second != null && second.queue().equals(first.queue().equals("q") ? "other" : "q");
        });
    }

    @Test
    void queuesTakeTurns() throws IOException {
        for (int i = 0; i < 3; i++) {
            suspect("a" + i, 3, false);
            suspect("other.suspects", "b" + i, 3, false);
        }
        lane.look(List.of("q", "other"));
        var order = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            var next = next();
            order.add(next.queue());
            next.receipt().settle(new Disposition.Ack());
        }

        assertThat(order.subList(2, 6)).isEqualTo(order.subList(0, 4));
        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("q", "other");
    }

    @Test
    void oneThatIsTooLargeStaysTheBrokersAndKeepsNoOthersFromTheirRun() throws IOException {
        connection.add(SUSPECTS, OversizedMessages.properties("large", 20_000_000));
        suspect("good", 3, false);
        lane.look(List.of("q"));

        assertThat(id(next())).isEqualTo("good");
        assertThat(channel().settled).isEmpty();
        lane.returnKept(since -> true);
        await().atMost(SOON).until(() -> channel().settled.contains("requeue 1"));
    }

    @Test
    void whatIsKeptOfAQueueThatIsNotConsumedAnyMoreGoesBack() throws IOException {
        connection.add(SUSPECTS, OversizedMessages.properties("large", 20_000_000));
        lane.look(List.of("q"));
        assertThat(lane.next()).isNull();
        lane.look(List.of());

        await().atMost(SOON).until(() -> channel().settled.contains("requeue 1"));
    }

    @Test
    void oneOfWhichNoCopyCanBeCountedHasDiedItsLastDeath() throws IOException {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.refused("too large")));
        suspect("killer", 0, true);
        lane.look(List.of("q"));

        assertThat(lane.next()).isNull();
        assertThat(refusals).singleElement().matches(refused -> refused.deliveries() == 2);
        assertThat(channel().settled).isEmpty();
    }

    @Test
    void oneThatCannotBePutBackRestsItsQueue() throws IOException {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("closed")));
        suspect("killer", 3, true);
        lane.look(List.of("q"));

        assertThat(lane.next()).isNull();
        assertThat(lane.trouble()).contains("a suspect of queue 'q' cannot be put back", "closed");
        await().atMost(SOON).until(() -> channel().settled.contains("requeue 1"));
    }

    @Test
    void suspectsThatCannotBeCountedKeepNoOthersFromTheirs() throws IOException {
        connection.refuse(
                "queueDeclarePassive",
                "away.suspects",
                Ends.refused(
                        AMQP.NOT_FOUND,
                        "NOT_FOUND - home node 'rabbit@b' of durable queue 'away.suspects' is down or inaccessible"));
        suspect("a", 3, false);
        lane.look(List.of("away", "q"));

        assertThat(id(next())).isEqualTo("a");
    }

    @Test
    void aQueueThatIsAwayIsNotFetchedFromForThatTakesBackWhatIsOpen() throws IOException {
        suspect("away.suspects", "b", 3, false);
        suspect("rejects", 3, false);
        lane.expect("away");
        var away = Ends.refused(AMQP.NOT_FOUND, "NOT_FOUND - home node 'rabbit@b' of queue 'away.suspects' is down");
        connection.refuse("queueDeclarePassive", "away.suspects", away);
        connection.refuse("basicGet", "away.suspects", away);
        lane.look(List.of("away", "q"));
        var waits = next();
        waits.receipt().settle(new Disposition.Hold(Duration.ofSeconds(2), null));

        assertThat(lane.next()).isNull();
        assertThat(connection.count("basicGet", "away.suspects")).isZero();
    }

    /// They would be delivered to another worker as ones that were running when this one died.
    @Test
    void theEndOfOneQueuesChannelTakesBackNoSuspectsOfOthers() throws IOException {
        sender.hold();
        suspect("waits", 3, false);
        lane.look(List.of("q", "other"));
        var waits = next().receipt();
        waits.settle(new Disposition.Leave("full"));
        ((SuspectReceipt) waits).leftSlot();
        connection.refuse("basicGet", "other.suspects", Ends.refused(AMQP.NOT_FOUND, "NOT_FOUND - no queue"));
        lane.expect("other");
        await().atMost(SOON).until(() -> {
            assertThat(lane.next()).isNull();
            return connection.count("basicGet", "other.suspects") == 1;
        });

        assertThat(waits.isLost()).isFalse();
        sender.last().answer().complete(null);
        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
    }
}
