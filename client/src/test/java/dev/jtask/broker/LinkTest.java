package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {

    private final FakeConnection connection = new FakeConnection();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final Link link = new Link(connection.connection(), changes::incrementAndGet, nanos::get);

    @BeforeEach
    void takeTime() {
        connection.broker = (channel, message) -> {};
    }

    @Test
    void hasOneLaneForManyAndOneForSingleMessages() throws IOException {
        var one = publish(together("a"));
        var two = publish(together("b"));
        var three = publish(alone("c"));

        assertThat(one).isSameAs(two).isNotSameAs(three);
        assertThat(connection.channels).hasSize(2);
    }

    @Test
    void aSingleMessageWaitsForTheOneBeforeIt() throws IOException {
        publish(alone("a"));

        assertThat(link.laneFor(alone("b"))).isNull();
        assertThat(link.laneFor(together("c"))).isNotNull();
        connection.channels.get(0).confirm(1);
        assertThat(changes).as("the sender looks again").hasValue(1);
        assertThat(link.laneFor(alone("b"))).isNotNull();
    }

    @Test
    void aSingleMessageOfWhichTheBrokerSaysNothingHoldsUpNoOther() throws IOException {
        publish(alone("silent"));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(4));
        assertThat(link.laneFor(alone("b"))).as("it may still be on its way").isNull();

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        publish(alone("b"));
        assertThat(connection.channels).hasSize(2);
        assertThat(link.laneFor(alone("c"))).as("one at a time").isNull();
        connection.channels.get(1).confirm(1);
        publish(alone("c"));
        assertThat(connection.channels).as("where the broker answers").hasSize(2);
        assertThat(connection.channels.get(1).published).hasSize(2);
    }

    @Test
    void thoseOfOneQueueWaitForEachOtherAndHoldUpNoOtherQueue() throws IOException {
        publish(alone("silent"));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

        assertThat(link.laneFor(alone("silent"))).isNull();
        assertThat(link.hasRoomAlone()).isTrue();
        assertThat(link.laneFor(alone("b"))).isNotNull();
    }

    @Test
    void soManyOfThemHoldUpTheOthers() throws IOException {
        for (int i = 0; i < 8; i++) {
            publish(alone("silent " + i));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        }

        assertThat(link.laneFor(alone("late"))).isNull();
        assertThat(link.laneFor(together("small"))).isNotNull();
        connection.channels.get(3).nack(1);
        assertThat(link.laneFor(alone("late"))).isNotNull();
        link.close();
        assertThat(connection.channels).noneMatch(FakeChannel::isOpen);
    }

    @Test
    void aSuspectWaitsForEachSingleMessageAndEachForIt() throws IOException {
        publish(alone("a"));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        publish(alone("b"));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        var suspect = suspect("c");
        assertThat(link.laneFor(suspect)).isNull();

        connection.channels.get(0).confirm(1);
        assertThat(link.laneFor(suspect)).isNull();
        connection.channels.get(1).confirm(1);
        publish(suspect);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(4));
        assertThat(link.laneFor(alone("d"))).isNull();
    }

    @Test
    void aSuspectOfWhichTheBrokerSaysNothingIsNoneAfterAWhile() throws IOException {
        var suspect = suspect("silent");
        publish(suspect);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

        assertThat(link.laneFor(together("small")))
                .as("the broker would have ended it")
                .isNotNull();
        assertThat(link.laneFor(alone("large"))).isNotNull();
        assertThat(suspect.isSuspect()).isFalse();
    }

    @Test
    void aSuspectWaitsForThoseOfWhichTheBrokerSaysNothingForAWhileOnly() throws IOException {
        publish(together("silent"));
        publish(alone("silent, too"));
        var suspect = suspect("b");
        assertThat(link.laneFor(suspect)).isNull();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

        publish(suspect);
        assertThat(link.laneFor(together("c"))).as("its turn").isNull();
    }

    @Test
    void aSuspectWaitsForAllOthersAndAllOthersForIt() throws IOException {
        publish(together("a"));

        assertThat(link.laneFor(suspect("b"))).isNull();
        connection.channels.get(0).confirm(1);
        assertThat(changes).as("the sender looks again").hasValue(1);
        publish(suspect("b"));
        assertThat(link.laneFor(together("c"))).isNull();
        connection.channels.get(1).confirm(1);
        assertThat(link.laneFor(together("c"))).isNotNull();
    }

    @Test
    void nothingGoesWhileTheBrokerBlocks() throws IOException {
        connection.block("low on memory");

        assertThat(link.laneFor(together("a"))).isNull();
        assertThat(link.reason()).contains("low on memory");
        connection.unblock();
        assertThat(link.laneFor(together("a"))).isNotNull();
        assertThat(link.reason()).isNull();
    }

    @Test
    void aLaneThatTheBrokerHasClosedIsReplaced() throws IOException {
        publish(together("a"));
        connection.channels.get(0).close(Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));

        publish(together("b"));
        assertThat(connection.channels).hasSize(2);
    }

    @Test
    void aLaneThatRefusesIsReplacedAndStillWaitsForWhatIsInIt() throws IOException {
        publish(together("a"));
        publish(together("b"));
        connection.channels.get(0).nack(1);
        publish(together("c"));
        assertThat(connection.channels).as("it may be full for a moment").hasSize(1);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        publish(together("d"));
        assertThat(connection.channels).hasSize(2);
        assertThat(connection.channels.get(0).isOpen()).isTrue();
        assertThat(link.laneFor(suspect("e"))).as("what is in both goes first").isNull();
        connection.channels.get(1).nack(1);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        publish(together("f"));
        assertThat(connection.channels).as("one at a time").hasSize(2);

        connection.channels.get(0).confirmUpTo(3);
        publish(together("g"));
        assertThat(connection.channels).hasSize(3);
        assertThat(connection.channels.get(0).isOpen()).isFalse();
        link.close();
        assertThat(connection.channels).noneMatch(FakeChannel::isOpen);
    }

    @Test
    void aSingleLaneThatRefusesIsReplaced() throws IOException {
        publish(alone("a"));
        connection.channels.get(0).nack(1);
        publish(alone("a"));
        connection.channels.get(0).nack(2);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        publish(alone("a"));
        assertThat(connection.channels).hasSize(2);
        assertThat(connection.channels.get(0).isOpen()).isFalse();
        assertThat(link.hasProgressed()).isTrue();
    }

    @Test
    void hasProgressedOnceTheBrokerHasAnsweredForAMessage() throws IOException {
        publish(together("a"));
        assertThat(link.hasProgressed()).isFalse();

        connection.channels.get(0).nack(1);
        assertThat(link.hasProgressed()).isTrue();
        connection.channels.get(0).close(Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));
        publish(together("b"));
        assertThat(link.hasProgressed()).as("also with another lane").isTrue();
    }

    @Test
    void takesItsLanesWithIt() throws IOException {
        publish(together("a"));
        publish(alone("b"));
        link.close();

        assertThat(connection.channels).noneMatch(FakeChannel::isOpen);
    }

    private Lane publish(Publication publication) throws IOException {
        var lane = Objects.requireNonNull(link.laneFor(publication));
        lane.publish(publication);
        return lane;
    }

    private static Publication together(String text) {
        return new Publication(Parcels.reply("q", text), Parcels.ENDLESS, Publication.Way.TOGETHER, again -> {});
    }

    private static Publication alone(String text) {
        return new Publication(Parcels.reply(text, text), Parcels.ENDLESS, Publication.Way.ALONE, again -> {});
    }

    private static Publication suspect(String text) {
        var publication = together(text);
        publication.lost(Signals.connection(AMQP.INTERNAL_ERROR, "INTERNAL_ERROR"));
        return publication;
    }
}
