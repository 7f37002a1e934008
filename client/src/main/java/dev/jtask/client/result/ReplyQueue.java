package dev.jtask.client.result;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.protocol.result.ResultCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one queue on which a client gets all its results (Celery's `rpc://` backend): exclusive, so it ends with the
/// connection and is legal on every RabbitMQ.
public final class ReplyQueue implements Replies {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyQueue.class);
    private static final CancelCallback NO_QUEUE =
            tag -> LOG.warn("the reply queue was deleted; results no longer arrive");

    private final String name = UUID.randomUUID().toString();
    private final Waiting waiting = new Waiting();

    public static ReplyQueue on(Connection connection) throws IOException {
        var replies = new ReplyQueue();
        var channel = connection.createChannel();
        channel.queueDeclare(replies.name, false, true, true, Map.of());
        channel.basicConsume(replies.name, true, (tag, delivery) -> replies.receive(delivery), NO_QUEUE);
        return replies;
    }

    @Override
    public String address() {
        return name;
    }

    @Override
    public void expect(TaskHandle<?> handle) {
        var _ = waiting.add(handle, Instant.now());
    }

    @Override
    public void abandon(TaskHandle<?> handle, RuntimeException cause) {
        waiting.abandon(handle, cause);
    }

    @Override
    public Optional<Chords> chords() {
        return Optional.empty();
    }

    @Override
    public void close() {
        waiting.abandonAll("the client was closed before the result came");
    }

    private void receive(Delivery delivery) {
        try {
            var _ = waiting.report(
                    ResultCodec.decode(AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody())));
        } catch (IOException e) {
            LOG.warn("ignoring a message on the reply queue that is no result: {}", e.getMessage());
        }
    }
}
