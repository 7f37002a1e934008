package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.broker.OversizedMessages;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Disposition;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueConsumerTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeConnection connection = new FakeConnection();
    private final FakeChannel channel = new FakeChannel(connection, 1);
    private final Destinations destination = new Destinations();
    private final QueueConsumer consumer =
            new QueueConsumer(channel.channel(), "q", 0, Map.of(), destination, destination, new SettableClock());

    @AfterEach
    void stop() {
        consumer.acknowledger().stop();
    }

    @Test
    void takesNothingBeforeItIsToldHowMuch() throws IOException {
        assertThat(channel.consumers()).isZero();
        consumer.adjust(4);

        assertThat(channel.qos()).isEqualTo(4);
        assertThat(consumer.limit()).isEqualTo(4);
    }

    @Test
    void handsOnWhatComesWithItsReceipt() throws IOException {
        consumer.adjust(4);
        channel.deliver(Given.wire(Given.message("a")), true);

        var delivery = destination.accepted.getFirst();
        assertThat(delivery.queue()).isEqualTo("q");
        assertThat(delivery.redelivered()).isTrue();
        assertThat(delivery.at()).isEqualTo(SettableClock.START);
        assertThat(consumer.held()).isEqualTo(1);
        delivery.receipt().settle(new Disposition.Ack());
        await().atMost(SOON).until(() -> channel.settled.contains("ack 1"));
        assertThat(consumer.held()).isZero();
        assertThat(destination.progressed).hasValue(1);
    }

    @Test
    void whatIsNotDoneIsNoProgress() throws IOException {
        consumer.adjust(4);
        channel.deliver(Given.wire(Given.message("a")), false);
        destination.accepted.getFirst().receipt().settle(new Disposition.Requeue());

        assertThat(destination.progressed).hasValue(0);
    }

    @Test
    void moreRoomIsAFurtherSubscriptionAndLessTheEndOfTheOldest() throws IOException {
        consumer.adjust(4);
        consumer.adjust(10);
        assertThat(channel.consumers()).isEqualTo(2);
        assertThat(channel.qos()).isEqualTo(6);

        consumer.adjust(6);
        assertThat(channel.consumers()).isEqualTo(1);
        assertThat(consumer.limit()).isEqualTo(6);
        assertThat(connection.count("basicCancel", "consumer-001")).isEqualTo(1);
    }

    @Test
    void whatAnEndedSubscriptionDeliveredStillCounts() throws IOException {
        consumer.adjust(4);
        channel.deliver(Given.wire(Given.message("a")), false);
        channel.deliver(Given.wire(Given.message("b")), false);
        consumer.adjust(0);
        consumer.adjust(4);

        assertThat(channel.qos()).as("two of four are held").isEqualTo(2);
        assertThat(consumer.limit()).isEqualTo(2);
    }

    @Test
    void tasksWhoseEndingsWaitTakeNoRoomFromOthers() throws IOException {
        consumer.adjust(2);
        channel.deliver(Given.wire(Given.message("a")), false);
        channel.deliver(Given.wire(Given.message("b")), false);
        consumer.endings(2);
        assertThat(consumer.held()).isZero();
        assertThat(consumer.limit()).isZero();

        consumer.adjust(2);
        assertThat(channel.qos()).as("two more").isEqualTo(2);
        assertThat(channel.consumers()).isEqualTo(2);
        assertThat(consumer.limit()).isEqualTo(2);
        consumer.endings(0);
        consumer.adjust(2);
        assertThat(channel.consumers()).as("no more than before").isEqualTo(1);
        assertThat(consumer.isEmpty()).isFalse();
    }

    @Test
    void holdsSoManyOfThemAsAMemoryMayHold() throws IOException {
        consumer.endings(Integer.MAX_VALUE);
        consumer.adjust(2);

        assertThat(channel.qos()).isEqualTo(1_002);
    }

    @Test
    void isUntidyWhileSeveralSubscriptionsDoWhatOneCould() throws IOException {
        consumer.adjust(2);
        consumer.adjust(5);
        assertThat(consumer.isUntidy()).isTrue();

        consumer.adjust(5);
        assertThat(consumer.isUntidy()).isFalse();
        assertThat(channel.consumers()).isEqualTo(1);
        assertThat(consumer.limit()).isEqualTo(5);
    }

    @Test
    void endsWhenItsQueueIsDeletedOrItsChannelIsClosed() throws IOException {
        consumer.adjust(4);
        channel.cancelConsumers();
        assertThat(consumer.isEnded()).isTrue();

        var other = new FakeChannel(connection, 2);
        var closed =
                new QueueConsumer(other.channel(), "q", 0, Map.of(), destination, destination, new SettableClock());
        other.close(Ends.refused(AMQP.PRECONDITION_FAILED, "timed out"));
        assertThat(closed.isEnded()).isTrue();
        closed.adjust(4);
        assertThat(other.consumers()).isZero();
        closed.acknowledger().stop();
    }

    @Test
    void aRefusalIsItsCallersToSee() {
        connection.refuse("basicConsume", "q", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));

        assertThatThrownBy(() -> consumer.adjust(4)).isInstanceOf(IOException.class);
        assertThat(consumer.isEnded()).isTrue();
        assertThat(consumer.limit()).isZero();
    }

    @Test
    void takesNoMoreOnceItIsCancelled() throws IOException {
        consumer.adjust(4);
        channel.deliver(Given.wire(Given.message("a")), false);
        consumer.cancel();

        assertThat(consumer.isCancelled()).isTrue();
        assertThat(channel.consumers()).isZero();
        consumer.adjust(4);
        assertThat(channel.consumers()).isZero();
        destination.accepted.getFirst().receipt().settle(new Disposition.Ack());
        await().atMost(SOON).until(() -> channel.settled.contains("ack 1"));
    }

    @Test
    void oneThatIsNotEndedInTimeIsEndedLaterAndWhatItSendsUntilThenGoesBackAfterwards() throws IOException {
        consumer.adjust(4);
        consumer.adjust(10);
        connection.refuse("basicCancel", "consumer-001", Ends.silence());
        assertThatThrownBy(consumer::cancel).isInstanceOf(IOException.class);
        channel.deliver(Given.wire(Given.message("late")), false);
        assertThat(channel.settled).as("not while it would come again").isEmpty();
        assertThat(destination.accepted).isEmpty();

        connection.allow("basicCancel", "consumer-001");
        await().atMost(SOON).until(() -> channel.settled.contains("requeue 1"));
        assertThat(channel.consumers()).isZero();
        assertThat(consumer.limit()).isZero();
    }

    @Test
    void nothingIsAskedOfAQueueWithoutALeader() throws IOException {
        consumer.adjust(4);
        connection.loseLeader("q");
        consumer.adjust(10);
        consumer.adjust(2);
        assertThat(consumer.limit()).isEqualTo(4);
        assertThatThrownBy(consumer::cancel).isInstanceOf(IOException.class).hasMessageContaining("'q' has no leader");
        assertThat(connection.count("basicCancel", "consumer-001")).isZero();

        connection.findLeader("q");
        await().atMost(SOON).until(() -> channel.consumers() == 0);
    }

    @Test
    void whatIsTooLargeIsKeptAndTakesNoRoom() throws IOException {
        consumer.adjust(2);
        channel.deliver(OversizedMessages.properties("a", 20_000_000));
        channel.deliver(OversizedMessages.properties("b", 20_000_000));
        assertThat(destination.accepted).isEmpty();
        assertThat(consumer.held()).isZero();
        consumer.adjust(2);
        assertThat(channel.qos()).as("two more").isEqualTo(2);
        assertThat(consumer.isEmpty()).isTrue();
        assertThat(channel.settled).isEmpty();

        consumer.returnKept(SettableClock.START::equals);
        await().atMost(SOON).until(() -> channel.settled.size() == 2);
        assertThat(channel.settled).containsExactlyInAnyOrder("requeue 1", "requeue 2");
    }

    @Test
    void restsWithWhatNobodyCanBeRidOfAndGivesItBackThen() throws IOException, InterruptedException {
        consumer.adjust(4);
        channel.deliver(Given.wire(Given.message("a")), false);
        channel.deliver(Given.wire(Given.message("b")), false);
        destination.accepted.get(0).receipt().settle(new Disposition.Leave("no dead letters for a"));
        destination.accepted.get(1).receipt().settle(new Disposition.Leave("no dead letters for b"));

        assertThat(consumer.restReason()).isEqualTo("no dead letters for a");
        assertThat(consumer.mustRest()).isTrue();
        consumer.acknowledger().flush(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(channel.settled).as("not while it still consumes").isEmpty();
        consumer.adjust(0);
        await().atMost(SOON).until(() -> channel.settled.size() == 2);
        assertThat(channel.settled).containsExactly("requeue 1", "requeue 2");
        assertThat(channel.consumers()).isZero();
    }

    @Test
    void givesBackAlsoWhenItsRestIsOver() throws IOException {
        consumer.adjust(4);
        channel.deliver(Given.wire(Given.message("a")), false);
        destination.accepted.get(0).receipt().settle(new Disposition.Leave("no dead letters"));
        await().atMost(SOON).until(() -> consumer.restReason() == null);

        assertThat(consumer.mustRest()).as("something is left to give back").isTrue();
        consumer.adjust(0);
        assertThat(consumer.mustRest()).isFalse();
        await().atMost(SOON).until(() -> channel.settled.contains("requeue 1"));
    }

    /// Nobody adjusts it any more, and its channel ends only when nothing is open on it.
    @Test
    void givesBackAtOnceWhatIsLeftAfterItsEnd() throws IOException {
        consumer.adjust(4);
        channel.deliver(Given.wire(Given.message("a")), false);
        channel.deliver(Given.wire(Given.message("b")), false);
        destination.accepted.get(0).receipt().settle(new Disposition.Leave("no dead letters"));
        consumer.cancel();
        await("left before").atMost(SOON).until(() -> channel.settled.contains("requeue 1"));

        destination.accepted.get(1).receipt().settle(new Disposition.Leave("no dead letters"));
        await("left after").atMost(SOON).until(() -> channel.settled.contains("requeue 2"));
        await().atMost(SOON).until(consumer::isEmpty);
    }

    @Test
    void aMessageThatCannotBeHandedOnIsLeftAndTheChannelStays() throws IOException {
        consumer.adjust(4);
        destination.broken = true;
        channel.deliver(Given.wire(Given.message("a")), false);

        assertThat(consumer.mustRest()).isTrue();
        assertThat(consumer.isEnded()).isFalse();
    }

    @Test
    void whatIsHeldGoesBackToItsDestination() throws IOException {
        consumer.adjust(4);
        channel.deliver(Given.wire(Given.message("a")), false);
        var hold = new Disposition.Hold(Duration.ofSeconds(3), null);
        destination.accepted.getFirst().receipt().settle(hold);

        assertThat(destination.held).containsExactly(hold);
        assertThat(consumer.held()).isEqualTo(1);
    }
}
