package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.topology.DelayTopology;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownRoutesTest {

    private final FakeConnection connection = new FakeConnection();
    private final KnownRoutes known = new KnownRoutes();

    @Test
    void looksForAQueueOnce() throws IOException {
        ensure(Parcels.tasks("orders", "a"));
        ensure(Parcels.tasks("orders", "b"));

        assertThat(connection.count("queueDeclarePassive", "orders")).isEqualTo(1);
        assertThat(connection.count("queueDeclare", "orders")).as("it is there").isZero();
    }

    @Test
    void declaresAMissingQueueAsCeleryDoes() throws IOException {
        connection.refuse("queueDeclarePassive", "orders", Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));
        ensure(Parcels.tasks("orders", "a"));

        assertThat(connection.count("queueDeclare", "orders")).isEqualTo(1);
        assertThat(connection.count("exchangeDeclare", "orders")).isEqualTo(1);
        assertThat(connection.count("queueBind", "orders")).isEqualTo(1);
    }

    @Test
    void aQueueOfOurOwnHasNoExchange() throws IOException {
        connection.refuse("queueDeclarePassive", "orders.dead", Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));
        ensure(Parcel.plain("orders.dead", Parcels.message("a")));

        assertThat(connection.count("queueDeclare", "orders.dead")).isEqualTo(1);
        assertThat(connection.count("exchangeDeclare", "orders.dead")).isZero();
    }

    @Test
    void anExchangeIsOnlyLookedFor() throws IOException {
        ensure(Parcels.foreign("theirs", "a"));

        assertThat(connection.calls).extracting(FakeConnection.Called::what).containsExactly("exchangeDeclarePassive");
    }

    @Test
    void nothingIsLookedAtForAReply() throws IOException {
        ensure(Parcels.reply("replies", "a"));

        assertThat(connection.calls).isEmpty();
    }

    @Test
    void aDelayNeedsItsTopologyAndTheBindingOfItsQueue() throws IOException {
        ensure(Parcels.delayed("eu.orders", "a"));
        ensure(Parcels.delayed("eu.orders", "b"));

        assertThat(connection.count("exchangeDeclare", DelayTopology.EXIT)).isEqualTo(1);
        assertThat(connection.count("queueBind", DelayTopology.bindingKey("eu.orders")))
                .isEqualTo(1);
    }

    @Test
    void aRefusalIsRememberedForAWhile() {
        connection.refuse("queueDeclarePassive", "q", Signals.channel(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - no"));

        assertThatThrownBy(() -> ensure(Parcels.tasks("q", "a")))
                .isInstanceOf(PublishRefusedException.class)
                .hasMessageContaining("ACCESS_REFUSED - no");
        assertThatThrownBy(() -> ensure(Parcels.tasks("q", "b"))).isInstanceOf(PublishRefusedException.class);
        assertThat(connection.count("queueDeclarePassive", "q")).isEqualTo(1);
    }

    @Test
    void aRefusalIsSoonAskedAboutAgainSinceItMayBeMended() {
        connection.refuse("exchangeDeclarePassive", "theirs", Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));
        assertThatThrownBy(() -> ensure(Parcels.foreign("theirs", "a"))).isInstanceOf(PublishRefusedException.class);
        connection.allow("exchangeDeclarePassive", "theirs");

        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(PublishRefusedException.class)
                .until(() -> isKnown(Parcels.foreign("theirs", "b")));
    }

    @Test
    void aLostConnectionIsNoRefusal() throws IOException {
        connection.refuse("queueDeclarePassive", "q", Signals.network());

        assertThatThrownBy(() -> ensure(Parcels.tasks("q", "a"))).isInstanceOf(IOException.class);
        connection.allow("queueDeclarePassive", "q");
        ensure(Parcels.tasks("q", "a"));
    }

    @Test
    void aQueueWhoseNodeIsAwayIsNeitherDeclaredNorRefusedForAWhile() throws IOException {
        var away = Signals.channel(
                AMQP.NOT_FOUND, "NOT_FOUND - home node 'rabbit@b' of durable queue 'q' is down or inaccessible");
        connection.refuse("queueDeclarePassive", "q", away);

        for (var parcel : List.of(Parcels.tasks("q", "a"), Parcels.delayed("q", "a"))) {
            assertThatThrownBy(() -> ensure(parcel))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is down or inaccessible");
        }
        assertThat(connection.count("queueDeclare", "q")).isZero();
        connection.allow("queueDeclarePassive", "q");
        ensure(Parcels.tasks("q", "a"));
    }

    @Test
    void aQueueOfWhichTheBrokerSaysNothingIsAskedForBesideTheOthers() throws IOException {
        connection.refuse("queueDeclarePassive", "q", Signals.silence());

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ensure(Parcels.tasks("q", "a")))
                    .isInstanceOf(UnansweredException.class)
                    .hasMessageContaining("is the queue's node up?");
        }
        ensure(Parcels.tasks("other", "a"));
        connection.allow("queueDeclarePassive", "q");
        await("it is answered").atMost(Duration.ofSeconds(60)).until(() -> isKnown(Parcels.tasks("q", "a")));
    }

    @Test
    void aBrokerThatSaysNothingAtAllHoldsUpAll() {
        connection.refuse("queueDeclarePassive", "q", Signals.silence());
        connection.close(Signals.network());

        assertThatThrownBy(() -> ensure(Parcels.tasks("q", "a"))).isNotInstanceOf(UnansweredException.class);
    }

    @Test
    void whatIsForgottenIsLookedForAgain() throws IOException {
        ensure(Parcels.tasks("q", "a"));
        known.forget(Parcels.tasks("q", "a"), System.nanoTime());
        ensure(Parcels.tasks("q", "a"));

        assertThat(connection.count("queueDeclarePassive", "q")).isEqualTo(2);
    }

    @Test
    void aForgottenDelayTakesTheDelaysOfAllQueuesWithIt() throws IOException {
        ensure(Parcels.delayed("a", "x"));
        ensure(Parcels.delayed("b", "x"));
        known.forget(Parcels.delayed("a", "x"), System.nanoTime());
        ensure(Parcels.delayed("b", "x"));

        assertThat(connection.count("exchangeDeclare", DelayTopology.EXIT)).isEqualTo(2);
        assertThat(connection.count("queueBind", DelayTopology.bindingKey("b"))).isEqualTo(2);
    }

    @Test
    void whatWasMadeSureOfSinceTheFailureIsNotForgotten() throws IOException {
        long failed = System.nanoTime();
        ensure(Parcels.tasks("q", "a"));
        ensure(Parcels.delayed("a", "x"));
        known.forget(Parcels.tasks("q", "b"), failed);
        known.forget(Parcels.delayed("a", "y"), failed);
        ensure(Parcels.tasks("q", "b"));
        ensure(Parcels.delayed("a", "y"));

        assertThat(connection.count("queueDeclarePassive", "q")).isEqualTo(1);
        assertThat(connection.count("exchangeDeclare", DelayTopology.EXIT)).isEqualTo(1);
    }

    @Test
    void theDelaysAreDeclaredOnceForAllQueues() throws IOException {
        ensure(Parcels.delayed("a", "x"));
        ensure(Parcels.delayed("b", "x"));

        assertThat(connection.count("exchangeDeclare", DelayTopology.EXIT)).isEqualTo(1);
        assertThat(connection.count("queueBind", DelayTopology.bindingKey("b"))).isEqualTo(1);
    }

    @Test
    void withTheConnectionEverythingIsForgotten() throws IOException {
        ensure(Parcels.tasks("q", "a"));
        connection.refuse("queueDeclarePassive", "no", Signals.channel(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        assertThatThrownBy(() -> ensure(Parcels.tasks("no", "a"))).isInstanceOf(PublishRefusedException.class);
        connection.allow("queueDeclarePassive", "no");
        known.forgetAll();

        ensure(Parcels.tasks("no", "a"));
        ensure(Parcels.tasks("q", "a"));
        assertThat(connection.count("queueDeclarePassive", "q")).isEqualTo(2);
    }

    private boolean isKnown(Parcel parcel) {
        try {
            ensure(parcel);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void ensure(Parcel parcel) throws IOException {
        known.ensure(connection.connection(), parcel);
    }
}
