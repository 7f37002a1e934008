package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueuesTest {

    private final FakeConnection connection = new FakeConnection();

    @Test
    void aMissingQueueHasNoMessages() throws IOException {
        connection.refuse("queueDeclarePassive", "q", Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND - no queue 'q'"));

        assertThat(Queues.messages(connection.connection(), "q")).isEmpty();
        assertThat(Queues.exists(connection.connection(), "q")).isFalse();
        assertThat(Queues.exists(connection.connection(), "other")).isTrue();
    }

    @Test
    void aQueueThatCannotBeLookedAtIsNotAMissingOne() {
        connection.refuse(
                "queueDeclarePassive",
                "q",
                Signals.channel(AMQP.RESOURCE_LOCKED, "RESOURCE_LOCKED - cannot obtain exclusive access"));

        assertThatThrownBy(() -> Queues.ensure(connection.connection(), "q"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("queue 'q'")
                .hasMessageContaining("RESOURCE_LOCKED");
        assertThat(connection.count("queueDeclare", "q")).isZero();
    }

    @Test
    void whatMayNotBeCreatedIsNamedWithTheBrokersWords() {
        connection.refuse("queueDeclarePassive", "amq.nope", Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));
        connection.refuse(
                "queueDeclare",
                "amq.nope",
                Signals.channel(
                        AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - queue name 'amq.nope' contains reserved prefix"));

        assertThatThrownBy(() -> Queues.ensure(connection.connection(), "amq.nope"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot create queue 'amq.nope'")
                .hasMessageContaining("reserved prefix");
        assertThatThrownBy(() -> Queues.ensurePlain(connection.connection(), "amq.nope"))
                .hasMessageContaining("cannot create queue 'amq.nope'");
    }

    @Test
    void aQueueIsMadeSureOfAlsoWhereItsExchangeOrItsBindingIsRefused() throws IOException {
        for (var refused : List.of("exchangeDeclare", "queueBind")) {
            var queue = "for-" + refused;
            connection.missUntilDeclared(queue);
            connection.refuse(refused, queue, Signals.channel(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
            Queues.ensure(connection.connection(), queue);
            assertThat(connection.count(refused, queue)).isEqualTo(1);
        }
    }

    @Test
    void aQueueThatSomebodyElseCreatesAtTheSameTimeIsMadeSureOf() throws IOException {
        for (var queue : List.of("one", "two")) {
            connection.missUntilDeclared(queue);
            connection.refuse(
                    "queueDeclare",
                    queue,
                    Signals.channel(AMQP.PRECONDITION_FAILED, "PRECONDITION_FAILED - inequivalent arg"));
        }
        Queues.ensure(connection.connection(), "one");
        Queues.ensurePlain(connection.connection(), "two");
    }

    @Test
    void aQueueWithoutANameIsNotAskedFor() {
        // the broker would make one up, and keep it
        assertThatThrownBy(() -> Queues.ensure(connection.connection(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a queue has a name of 1 to 255 octets");
        assertThatThrownBy(() -> Queues.ensure(connection.connection(), "é".repeat(128)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a queue has a name of 1 to 255 octets");
        assertThat(connection.channels).isEmpty();
    }

    @Test
    void whatIsKeptIsKeptHoweverOftenItIsLookedAt() throws IOException {
        connection.refuse("queueDeclarePassive", "q.dead", Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));
        Queues.ensurePlain(connection.connection(), "q.dead");

        assertThat(declared("q.dead")).containsExactly(Map.of("x-delivery-limit", Integer.MAX_VALUE));
    }

    @Test
    void aClassicQueueIsMadeWithoutTheLimitThatItDoesNotKnow() throws IOException {
        connection.refuse("queueDeclarePassive", "q.dead", Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));
        connection.refuse(
                "queueDeclare",
                "q.dead",
                Signals.channel(AMQP.PRECONDITION_FAILED, "PRECONDITION_FAILED - invalid arg 'x-delivery-limit'"));

        assertThatThrownBy(() -> Queues.ensurePlain(connection.connection(), "q.dead"))
                .hasMessageContaining("PRECONDITION_FAILED");
        assertThat(declared("q.dead")).containsExactly(Map.of("x-delivery-limit", Integer.MAX_VALUE), Map.of());
    }

    @Test
    void noChannelIsLeftBehind() throws IOException {
        Queues.ensure(connection.connection(), "q");
        connection.refuse("queueDeclarePassive", "new", Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND"));
        Queues.ensure(connection.connection(), "new");
        Queues.ensurePlain(connection.connection(), "new");

        assertThat(connection.channels).isNotEmpty().noneMatch(FakeChannel::isOpen);
    }

    @Test
    void aConnectionThatIsLostMeanwhileIsAnIoException() {
        connection.close(Signals.network());

        assertThatThrownBy(() -> Queues.ensure(connection.connection(), "q"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the connection is closed");
    }

    private List<Object> declared(String queue) {
        return connection.calls.stream()
                .filter(call -> call.what().equals("queueDeclare")
                        && call.arguments().get(0).equals(queue))
                .map(call -> (Object) call.arguments().get(4))
                .toList();
    }
}
