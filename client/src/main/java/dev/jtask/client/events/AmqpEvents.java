package dev.jtask.client.events;

import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Channels;
import dev.jtask.broker.OversizedException;
import dev.jtask.broker.Queues;
import dev.jtask.broker.Supervisor;
import dev.jtask.broker.talk.Talk;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.topology.EventExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Events over AMQP, each listener with a connection and an exclusive queue of its own, so that a flood of them
/// disturbs no task and no result. A connection that is lost, or a queue that is deleted, is followed by the
/// next.
@Internal
public final class AmqpEvents implements EventSource {

    private final BrokerOptions broker;

    public AmqpEvents(BrokerOptions broker) {
        this.broker = broker.named(broker.connectionName() + " hears");
    }

    @Override
    public Runnable listen(List<String> keys, Ear ear) throws IOException {
        // here, so that whoever listens knows from when on, and is told why not
        var first = new AtomicReference<@Nullable Talk>(open(keys, ear));
        var supervisor = new Supervisor<>(
                broker.connectionName(),
                () -> {
                    var given = first.getAndSet(null);
                    return given == null ? open(keys, ear) : given;
                },
                () -> {});
        supervisor.start();
        return () -> {
            supervisor.close();
            end(first.getAndSet(null));
            end(supervisor.present());
        };
    }

    private static void end(@Nullable Talk hearing) {
        if (hearing != null) {
            hearing.abort();
        }
    }

    private Talk open(List<String> keys, Ear ear) throws IOException {
        var talk = Talk.open(broker, List.of());
        try {
            listen(talk, keys, ear);
            return talk;
        } catch (IOException e) {
            talk.abort();
            throw new IOException("cannot hear events of broker %s: %s".formatted(broker, Queues.reason(e)), e);
        } catch (ShutdownSignalException e) {
            talk.abort();
            throw new IOException("the connection to broker %s was lost".formatted(broker), e);
        }
    }

    private static void listen(Talk talk, List<String> keys, Ear ear) throws IOException {
        var channel = Channels.open(talk.connection());
        channel.addShutdownListener(cause -> talk.abort());
        var exchange = EventExchange.EVENTS;
        channel.exchangeDeclare(exchange.name(), exchange.type().text(), exchange.isDurable(), false, Map.of());
        var queue = EventExchange.listener(UUID.randomUUID().toString());
        channel.queueDeclare(queue, false, true, true, EventExchange.QUEUE_ARGUMENTS);
        for (var key : keys) {
            channel.queueBind(queue, exchange.name(), key);
        }
        channel.basicConsume(queue, true, (tag, delivery) -> take(delivery, ear), tag -> talk.abort());
    }

    private static void take(Delivery delivery, Ear ear) {
        try {
            ear.hear(AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody()));
        } catch (OversizedException e) {
            ear.unreadable(String.valueOf(e.getMessage()));
        }
    }
}
