package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.topology.DelayTopology;
import dev.jtask.task.request.PublishRetry;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicationTest {

    private static final Patience ONCE = Patience.none(Duration.ZERO);

    private final List<Publication> again = new ArrayList<>();

    @Test
    void aConfirmedOneIsDone() {
        var publication = together(Parcels.reply("q", "hello"), ONCE);
        publication.confirmed();

        assertThat(publication.done()).isCompletedWithValue(null);
        assertThat(again).isEmpty();
    }

    @Test
    void aNackedOneIsTriedAgainAfterAPauseThatGrows() {
        var slow = new Patience(0, 2, new Pauses(Duration.ofMinutes(10), Duration.ofMinutes(40)), Duration.ZERO);
        var publication = together(Parcels.reply("q", "hello"), slow);

        publication.nacked();
        assertThat(again).containsExactly(publication);
        assertThat(dueIn(publication)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(10));
        publication.nacked();
        assertThat(dueIn(publication)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(20));
        assertThat(publication.lastFailure()).hasMessageContaining("the queue may be full");

        publication.nacked();
        assertThat(Failures.of(publication.done()))
                .isInstanceOf(PublishNotConfirmedException.class)
                .hasMessageContaining("'q'")
                .hasMessageContaining("the queue may be full")
                .asInstanceOf(type(PublishNotConfirmedException.class))
                .returns(true, PublishNotConfirmedException::isNacked);
        assertThat(again).hasSize(2);
    }

    @Test
    void aDelayCountsFromTheSendingHoweverOftenItIsPublished() {
        var publication = together(Parcels.delayed("q", "hello"), Patience.ENDLESS);
        assertThat(publication.parcel().route()).isEqualTo(DelayTopology.route("q", Duration.ofSeconds(3)));

        publication.setOut(System.nanoTime() + Duration.ofMillis(1_100).toNanos());
        publication.setOut(System.nanoTime() + Duration.ofMillis(1_900).toNanos());

        assertThat(publication.parcel().route()).isEqualTo(DelayTopology.route("q", Duration.ofSeconds(1)));
    }

    @Test
    void aSenderThatEndsIsNoFullQueue() {
        var publication = together(Parcels.reply("q", "hello"), Patience.COPY);
        publication.abandoned();

        assertThat(Failures.of(publication.done()))
                .asInstanceOf(type(PublishNotConfirmedException.class))
                .returns(false, PublishNotConfirmedException::isNacked);
    }

    @Test
    void aCopyIsGivenUpWhereAQueueStaysFullThoughNotWhereItWasDeleted() {
        var publication = together(Parcels.tasks("q", "hello"), Patience.COPY);
        publication.returned("NO_ROUTE");
        assertThat(publication.isDone()).isFalse();

        for (int i = 0; i <= Patience.COPY.nacks(); i++) {
            assertThat(publication.done()).isNotDone();
            publication.nacked();
        }
        assertThat(publication.done()).isCompletedExceptionally();
    }

    @Test
    void aReturnedOneFailsAndIsHandedBackSoThatItsQueueIsForgotten() {
        var publication = together(Parcels.tasks("gone", "hello"), Parcels.THRICE);
        publication.returned("NO_ROUTE");

        assertThat(Failures.of(publication.done()))
                .isInstanceOf(UnroutableException.class)
                .hasMessageContaining("no queue named 'gone'");
        assertThat(again).containsExactly(publication);
        assertThat(publication.isDone()).isTrue();
        assertThat(publication.mayLackItsQueue()).isTrue();
    }

    @Test
    void aReturnedOneThatMustNotGetLostHasItsQueueMadeSureOfOnce() {
        var publication = together(Parcels.tasks("deleted", "hello"), Patience.ENDLESS);

        publication.returned("NO_ROUTE");
        assertThat(again).containsExactly(publication);
        assertThat(publication.isDone()).isFalse();
        assertThat(publication.mayLackItsQueue()).isTrue();

        publication.returned("NO_ROUTE");
        assertThat(Failures.of(publication.done())).isInstanceOf(UnroutableException.class);
    }

    @Test
    void aReturnedDelayHasItsTopologyMadeSureOfOnce() {
        var publication = together(Parcels.delayed("orders", "hello"), Patience.ENDLESS);

        publication.returned("NO_ROUTE");
        assertThat(publication.isDone()).isFalse();
        assertThat(publication.mayLackItsQueue()).isTrue();
    }

    @Test
    void aReturnedReplyHasNobodyWhoWaitsForIt() {
        var publication = together(Parcels.reply("left", "hello"), Patience.ENDLESS);
        publication.returned("NO_ROUTE");

        assertThat(Failures.of(publication.done())).isInstanceOf(UnroutableException.class);
    }

    @Test
    void whatAmqpCannotCarryIsRefused() {
        var publication = together(Parcels.reply("q", "hello"), Patience.ENDLESS);
        publication.unwritable(new IllegalArgumentException("Short string too long"));

        assertThat(Failures.of(publication.done()))
                .isInstanceOf(PublishRefusedException.class)
                .hasMessageContaining("'q'")
                .hasMessageContaining("Short string too long");
    }

    @Test
    void whatTheBrokerDoesNotLetUsHaveIsRefused() {
        var publication = together(Parcels.tasks("q", "hello"), Patience.ENDLESS);
        var why = new PublishRefusedException("q", "ACCESS_REFUSED");
        publication.refused(why);

        assertThat(Failures.of(publication.done())).isSameAs(why);
    }

    @Test
    void oneAmongManyWhoseChannelTheBrokerClosesGoesAlone() {
        var publication = together(Parcels.reply("q", "hello"), ONCE);
        publication.lost(Signals.channel(AMQP.PRECONDITION_FAILED, "message size 2000000 larger than 1000000"));

        assertThat(again).containsExactly(publication);
        assertThat(publication.way()).isEqualTo(Publication.Way.ALONE);
        assertThat(publication.done()).isNotDone();
        assertThat(dueIn(publication)).isNegative();
    }

    @Test
    void oneThatGoesAloneMayLackWhatItNeeds() {
        var publication = together(Parcels.delayed("orders", "hello"), Patience.ENDLESS);
        publication.lost(Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND - no exchange 'celery_delayed_27'"));

        assertThat(publication.mayLackItsQueue()).isTrue();
    }

    @Test
    void oneAloneWhoseChannelTheBrokerClosesIsRefusedWithItsWords() {
        var publication = alone(Parcels.large("q"), Patience.ENDLESS);
        publication.lost(Signals.channel(AMQP.PRECONDITION_FAILED, "message size 2000000 larger than 1000000"));

        assertThat(again).isEmpty();
        assertThat(Failures.of(publication.done()))
                .isInstanceOf(PublishRefusedException.class)
                .hasMessageContaining("message size 2000000 larger than 1000000");
    }

    @Test
    void oneWhoseConnectionTheBrokerClosesIsRefusedAfterTwoMoreWithNothingElseOnThem() {
        var protest = Signals.connection(AMQP.INTERNAL_ERROR, "INTERNAL_ERROR");
        var publication = together(Parcels.reply("q", "hello"), Patience.ENDLESS);

        publication.lost(protest);
        assertThat(publication.way()).isEqualTo(Publication.Way.ALONE);
        assertThat(publication.isSuspect()).isTrue();
        publication.lost(protest);
        assertThat(publication.done()).isNotDone();
        publication.lost(protest);
        assertThat(Failures.of(publication.done()))
                .isInstanceOf(PublishRefusedException.class)
                .hasMessageContaining("INTERNAL_ERROR");
    }

    @Test
    void aLargeOneIsNotBlamedForTheFirstConnectionThatIsClosedWhileItIsUnderWay() {
        var protest = Signals.connection(AMQP.INTERNAL_ERROR, "INTERNAL_ERROR");
        var publication = alone(Parcels.large("q"), Patience.ENDLESS);

        publication.lost(protest);
        publication.lost(protest);
        assertThat(publication.done()).isNotDone();
    }

    @Test
    void aLostConnectionIsNobodysFault() {
        var publication = together(Parcels.reply("q", "hello"), Parcels.THRICE);

        publication.lost(Signals.network());
        publication.lost(Signals.connection(AMQP.CONNECTION_FORCED, "broker forced connection closure"));
        assertThat(publication.way()).isEqualTo(Publication.Way.TOGETHER);
        assertThat(publication.isSuspect()).isFalse();
        assertThat(again).hasSize(2);

        publication.lost(new IOException("the connection is closed"));
        assertThat(Failures.of(publication.done()))
                .isInstanceOf(PublishNotConfirmedException.class)
                .hasMessageContaining("the connection was lost");
    }

    @Test
    void whatIsLostWithItsConnectionWaitsForTheNextOneAlone() {
        var pauses = new Pauses(Duration.ofMinutes(10), Duration.ofMinutes(10));
        var endless = new Patience(Patience.FOREVER, 0, pauses, Duration.ZERO);
        for (var loss : List.of(Signals.network(), Signals.own())) {
            var publication = together(Parcels.reply("q", "hello"), endless);
            publication.lost(loss);
            assertThat(dueIn(publication)).isNegative();
        }
        var unwritten = together(Parcels.reply("q", "hello"), endless);
        unwritten.lost(new SocketException("Broken pipe"));
        assertThat(dueIn(unwritten)).isNegative();

        var counted = together(Parcels.reply("q", "hello"), new Patience(3, 0, pauses, Duration.ZERO));
        counted.lost(Signals.network());
        assertThat(dueIn(counted)).as("or all tries were over at once").isGreaterThan(Duration.ofMinutes(4));
        var protest = new IOException(Signals.connection(AMQP.INTERNAL_ERROR, "INTERNAL_ERROR"));
        for (var cause : List.of(Signals.silence(), protest)) {
            var troublesome = together(Parcels.reply("q", "hello"), endless);
            troublesome.lost(cause);
            assertThat(dueIn(troublesome)).isGreaterThan(Duration.ofMinutes(4));
        }
    }

    @Test
    void endlessPatienceOutlastsAnyNumberOfLosses() {
        var publication = together(Parcels.reply("q", "hello"), Parcels.ENDLESS);
        for (int i = 0; i < 1_000; i++) {
            publication.lost(Signals.network());
            publication.nacked();
        }
        assertThat(publication.done()).isNotDone();
        assertThat(again).hasSize(2_000);
    }

    @Test
    void whatMustNotBeThereTwiceIsNotPublishedAgainWhateverTheBrokerCloses() {
        var once = Patience.of(PublishRetry.NONE, Duration.ofSeconds(10));
        for (var cause : List.of(
                Signals.channel(AMQP.PRECONDITION_FAILED, "PRECONDITION_FAILED - message size"),
                Signals.connection(AMQP.INTERNAL_ERROR, "INTERNAL_ERROR"))) {
            var beside = together(Parcels.reply("q", "hello"), once);
            beside.lost(cause);
            assertThat(Failures.of(beside.done()))
                    .isInstanceOf(PublishNotConfirmedException.class)
                    .hasMessageContaining(Refusals.words(cause));
        }
        assertThat(again).isEmpty();
    }

    private Publication together(Parcel parcel, Patience patience) {
        return new Publication(parcel, patience, Publication.Way.TOGETHER, again::add);
    }

    private Publication alone(Parcel parcel, Patience patience) {
        return new Publication(parcel, patience, Publication.Way.ALONE, again::add);
    }

    private static Duration dueIn(Publication publication) {
        return Duration.ofNanos(publication.due() - System.nanoTime());
    }
}
