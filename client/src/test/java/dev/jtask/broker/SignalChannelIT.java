package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.protocol.message.SignalMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where signals lie and tasks wait, in a real broker.
@RabbitMqTest
class SignalChannelIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;
    private final String queue = "waiters-" + UUID.randomUUID();
    private final SignalPlace place = new SignalPlace(UUID.randomUUID().toString(), "approval");
    private Connection connection;
    private Channel channel;
    private SignalChannel signals;

    SignalChannelIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void connect() throws IOException {
        connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
        channel = connection.createChannel();
        channel.confirmSelect();
        channel.queueDeclare(queue, true, false, false, Map.of());
        signals = new SignalChannel(channel);
    }

    @AfterEach
    void close() {
        connection.abort();
    }

    @Test
    void theFirstValueStaysHoweverOftenItIsLookedAt() throws IOException {
        assertThat(signals.look(place)).isEmpty();
        assertThat(signals.put(place, message("yes"))).isTrue();
        for (int i = 0; i < 30; i++) {
            assertThat(signals.look(place))
                    .hasValueSatisfying(found -> assertThat(text(found)).isEqualTo("yes"));
        }
        assertThat(signals.put(place, message("no"))).isFalse();
        assertThat(signals.look(place))
                .hasValueSatisfying(found -> assertThat(text(found)).isEqualTo("yes"));
    }

    @Test
    void whatIsDiscardedMakesRoomAndNothingElseGoes() throws IOException {
        assertThat(signals.discard(place, found -> true)).as("there is none").isFalse();
        signals.put(place, message("forged"));
        assertThat(signals.discard(place, found -> text(found).equals("other"))).isFalse();
        assertThat(signals.put(place, message("yes"))).isFalse();

        assertThat(signals.discard(place, found -> text(found).equals("forged")))
                .isTrue();
        assertThat(signals.put(place, message("yes"))).isTrue();
        assertThat(signals.look(place))
                .hasValueSatisfying(found -> assertThat(text(found)).isEqualTo("yes"));
    }

    @Test
    void nobodyIsWokenWhereNobodyWaits() throws IOException {
        signals.wake(place);
        assertThat(channel.isOpen()).as("its channel is lost").isFalse();

        var other = new SignalChannel(confirming());
        other.prepare(place, queue);
        other.wake(place);
    }

    @Test
    void whoIsWokenGoesToItsOwnQueueOnce() throws IOException {
        signals.park(place, queue, message("task"));
        signals.park(place, queue, message("task"));
        assertThat(signals.isWaitedFor(place)).isTrue();
        assertThat(channel.basicGet(queue, true)).isNull();

        signals.wake(place);
        signals.wake(place);
        await("it is back").atMost(SOON).until(() -> channel.messageCount(queue) == 1);
        assertThat(channel.basicGet(queue, true).getBody()).isEqualTo("task".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoseTimeIsOverGoesToItsOwnQueue() throws IOException {
        var brief = message("task");
        signals.park(place, queue, new WireMessage(brief.properties().withExpiration("200"), brief.body()));

        await("it is back").atMost(SOON).until(() -> channel.messageCount(queue) == 1);
        assertThat(channel.basicGet(queue, true).getProps().getExpiration()).isNull();
    }

    @Test
    void whomSomebodyTookWhoIsGoneIsWokenAllTheSame() throws IOException {
        signals.park(place, queue, message("task"));
        try (var dying = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            assertThat(dying.createChannel().basicGet(place.task(), false)).isNotNull();
        }

        await("it is back").atMost(SOON).until(() -> channel.messageCount(queue) == 1);
        assertThat(channel.messageCount(place.task())).isZero();
    }

    @Test
    void bothSurviveARestartOfTheBroker() throws IOException {
        signals.put(place, message("yes"));
        signals.park(place, queue, message("task"));
        connection.abort();
        node.restart();
        connect();

        assertThat(signals.look(place)).isPresent();
        signals.wake(place);
        await("it is back").atMost(SOON).until(() -> channel.messageCount(queue) == 1);
    }

    @Test
    void aPlaceOfATaskThatNowWaitsForAnotherQueueIsRefused() throws IOException {
        signals.prepare(place, queue);

        assertThatThrownBy(() -> signals.prepare(place, "another")).hasStackTraceContaining("inequivalent arg");
    }

    @Test
    void whatIsForgottenIsGone() throws IOException {
        signals.put(place, SignalMessage.of("a", "approval", "v", "yes"));
        signals.prepare(place, queue);
        assertThat(signals.isWaitedFor(place)).isFalse();
        signals.forget(place, "v");
        signals.forget(place, "v");

        assertThat(Queues.exists(connection, place.value())).isFalse();
        assertThat(Queues.exists(connection, place.task())).isFalse();
        assertThat(signals.isWaitedFor(place)).isFalse();
    }

    @Test
    void whatTheNextTaskOfThatIdIsGivenStays() throws IOException {
        signals.put(place, SignalMessage.of("a", "approval", "next", "yes"));
        signals.forget(place, null);
        signals.forget(place, "v");
        assertThat(signals.look(place)).isPresent();

        signals.forget(place, "next");
        assertThat(Queues.exists(connection, place.value())).isFalse();
    }

    @Test
    void aPlaceThatWasWaitedForInVainIsForgottenToo() throws IOException {
        signals.look(place);
        signals.prepare(place, queue);
        signals.forget(place, null);

        assertThat(Queues.exists(connection, place.value())).isFalse();
        assertThat(Queues.exists(connection, place.task())).isFalse();
    }

    private Channel confirming() throws IOException {
        var other = connection.createChannel();
        other.confirmSelect();
        return other;
    }

    private static WireMessage message(String text) {
        return new WireMessage(
                WireProperties.json(WireProperties.PERSISTENT, Map.of()), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(WireMessage message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }
}
