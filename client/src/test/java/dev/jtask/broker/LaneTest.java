package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final FakeConnection connection = new FakeConnection();
    private final AtomicInteger changes = new AtomicInteger();
    private final List<Publication> again = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private Lane lane;
    private FakeChannel channel;

    @BeforeEach
    void open() throws IOException {
        connection.broker = (on, message) -> {}; // it takes its time
        lane = Lane.on(connection.connection(), changes::incrementAndGet, nanos::get);
        channel = connection.channels.get(0);
    }

    @Test
    void hasConfirmsAndAsksForReturns() throws IOException {
        publish("a");

        assertThat(connection.count("confirmSelect", "")).isZero();
        assertThat(connection.calls).extracting(FakeConnection.Called::what).containsExactly("confirmSelect");
        assertThat(lane.inFlight()).isEqualTo(1);
    }

    @Test
    void oneConfirmMayBeOfMany() throws IOException {
        var all = publish("a", "b", "c", "d");

        channel.confirm(2);
        assertThat(all.get(1).done()).isDone();
        assertThat(all.get(0).done()).isNotDone();
        channel.confirmUpTo(3);
        assertThat(all.get(0).done()).isDone();
        assertThat(all.get(2).done()).isDone();
        assertThat(all.get(3).done()).isNotDone();
        assertThat(lane.inFlight()).isEqualTo(1);
        assertThat(lane.hasSettled()).isTrue();
        assertThat(changes).hasValue(2);
    }

    @Test
    void isWornAMomentAfterARefusal() throws IOException {
        publish("a", "b");
        nanos.set(TimeUnit.MINUTES.toNanos(1));
        channel.confirm(1);
        assertThat(lane.isWorn()).isFalse();

        channel.nack(2);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(900));
        assertThat(lane.isWorn()).as("it may be full for a moment").isFalse();
        publish("c");
        channel.nack(3);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(lane.isWorn()).as("counted from the first").isTrue();
    }

    @Test
    void aNumberThatTheBrokerCannotReadIsItsMessagesFailureAlone() throws IOException {
        var bad = new Publication(
                Parcel.reply(
                        "q",
                        new WireMessage(
                                WireProperties.json(
                                        WireProperties.PERSISTENT, Map.of("timelimit", List.of(1.0, Double.NaN))),
                                new byte[0])),
                Patience.ENDLESS,
                Publication.Way.TOGETHER,
                again::add);
        lane.publish(bad);
        var good = publish("a");

        assertThat(Failures.of(bad.done()))
                .isInstanceOf(PublishRefusedException.class)
                .hasMessageContaining("header 'timelimit' holds NaN, which RabbitMQ cannot read");
        assertThat(lane.inFlight()).isEqualTo(1);
        channel.confirm(1);
        assertThat(good.get(0).done()).isDone();
    }

    @Test
    void aConfirmOfWhatIsNotThereIsIgnored() throws IOException {
        channel.confirm(7);
        channel.confirmUpTo(9);

        assertThat(lane.inFlight()).isZero();
    }

    @Test
    void aNackIsOfOneMessageAndNotOfItsNeighbours() throws IOException {
        var all = publish("a", "b");
        channel.nack(1);

        assertThat(all.get(0).done()).isCompletedExceptionally();
        assertThat(all.get(1).done()).isNotDone();
    }

    @Test
    void aReturnFindsItsMessageByTheMarkThatItWasGiven() throws IOException {
        var all = publish("a", "b");
        channel.giveBack(channel.published.get(1));

        assertThat(all.get(1).done()).isCompletedExceptionally();
        assertThat(all.get(0).done()).isNotDone();
    }

    @Test
    void aMessageKeepsTheIdThatItHas() throws IOException {
        var own = publish(Parcel.reply("q", Parcels.message("a", "order-7")));
        var others = publish(Parcel.reply("q", Parcels.message("b", "order-8")));

        assertThat(channel.published.get(0).properties().getMessageId()).isEqualTo("order-7");
        channel.giveBack(channel.published.get(1));
        assertThat(others.done()).isCompletedExceptionally();
        assertThat(own.done()).isNotDone();
    }

    @Test
    void anIdThatLooksLikeAMarkIsNotTakenForOne() throws IOException {
        var first = publish(Parcel.reply("q", Parcels.message("a", null)));
        var confusing = publish(Parcel.reply("gone", Parcels.message("b", "1")));
        channel.giveBack(channel.published.get(1));

        assertThat(confusing.done()).isCompletedExceptionally();
        assertThat(first.done()).isNotDone();
        assertThat(lane.inFlight()).isEqualTo(1);
    }

    @Test
    void ofSeveralWithOneIdEachReturnEndsOne() throws IOException {
        var one = publish(Parcel.reply("gone", Parcels.message("a", "same")));
        var two = publish(Parcel.reply("gone", Parcels.message("b", "same")));
        channel.giveBack(channel.published.get(0));
        channel.giveBack(channel.published.get(1));

        assertThat(one.done()).isCompletedExceptionally();
        assertThat(two.done()).isCompletedExceptionally();
    }

    @Test
    void aMessageThatCannotBeWrittenDoesNotShiftTheNumbersOfOthers() throws IOException {
        publish("a");
        var unwritable = publish(Parcels.reply("x".repeat(300), "b"));
        var next = publish(Parcels.reply("q", "c"));

        assertThat(unwritable.done()).isCompletedExceptionally();
        assertThat(lane.inFlight()).isEqualTo(2);
        channel.confirm(2);
        assertThat(next.done()).isDone();
        assertThat(lane.inFlight()).isEqualTo(1);
    }

    @Test
    void whenItsChannelEndsAllThatWasInFlightIsLostOnce() throws IOException {
        publish("a", "b");
        channel.close(Signals.channel(AMQP.PRECONDITION_FAILED, "too large"));

        assertThat(again).hasSize(2).allMatch(each -> each.way() == Publication.Way.ALONE);
        assertThat(lane.inFlight()).isZero();
        assertThat(lane.isOpen()).isFalse();
        assertThat(changes).hasValue(1);
    }

    @Test
    void aMessageForAClosedLaneIsNotInIt() {
        channel.close(Signals.network());

        assertThatThrownBy(() -> publish("a")).isInstanceOf(IOException.class);
        assertThat(lane.inFlight()).isZero();
        assertThat(again).isEmpty();
    }

    @Test
    void aMessageForWhichThereIsNoMemoryIsNotLeftInFlightForWhoeverTriesItAgain() {
        connection.broker = (on, message) -> {
            throw new OutOfMemoryError("Java heap space");
        };

        assertThatThrownBy(() -> publish("a")).isInstanceOf(OutOfMemoryError.class);
        channel.close(Signals.network());

        assertThat(lane.inFlight()).isZero();
        assertThat(again).isEmpty();
    }

    @Test
    void aChannelThatEndsWhileAMessageIsWrittenLosesItOnce() throws IOException {
        connection.broker = (on, message) -> {
            on.close(Signals.network());
            throw new IOException("Broken pipe");
        };
        var publication =
                new Publication(Parcels.reply("q", "a"), Parcels.THRICE, Publication.Way.TOGETHER, again::add);
        lane.publish(publication);

        assertThat(again).containsExactly(publication);
    }

    @Test
    void refusesToOpenOnAThreadOfTheConnection() {
        var failure = new AtomicInteger();
        var thread = BrokerThread.factory().newThread(() -> {
            try {
                Lane.on(connection.connection(), () -> {}, nanos::get);
            } catch (AssertionError e) {
                failure.incrementAndGet();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();

        assertThat(join(thread)).isTrue();
        assertThat(failure).hasValue(1);
    }

    private static boolean join(Thread thread) {
        try {
            thread.join(60_000);
            return !thread.isAlive();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Publication> publish(String... texts) throws IOException {
        var all = new ArrayList<Publication>();
        for (var text : texts) {
            all.add(publish(Parcels.reply("q", text)));
        }
        return all;
    }

    private Publication publish(Parcel parcel) throws IOException {
        var publication = publication(parcel);
        lane.publish(publication);
        return publication;
    }

    private Publication publication(Parcel parcel) {
        return new Publication(parcel, Patience.none(Duration.ZERO), Publication.Way.TOGETHER, again::add);
    }
}
