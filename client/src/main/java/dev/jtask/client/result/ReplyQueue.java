package dev.jtask.client.result;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.protocol.result.ResultCodec;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one queue on which a client gets all its results (Celery's `rpc://` backend): exclusive, so it ends with the
/// connection and is legal on every RabbitMQ.
final class ReplyQueue implements ReplySource {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyQueue.class);
    private static final CancelCallback NO_QUEUE =
            tag -> LOG.warn("the reply queue was deleted; results no longer arrive");

    private final String name = UUID.randomUUID().toString();
    private final Waiting waiting;

    private ReplyQueue(Waiting waiting) {
        this.waiting = waiting;
    }

    static ReplyQueue on(Connection connection, Waiting waiting) throws IOException {
        var replies = new ReplyQueue(waiting);
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
    public CompletableFuture<Void> watch(String taskId) {
        return CompletableFuture.allOf();
    }

    @Override
    public CompletableFuture<Void> find(String taskId) {
        throw new UnsupportedOperationException(
                "the result of task %s is not kept: over rpc:// it goes to the client that sent the task and to no other; give this client and the workers resultBackend(\"redis://…\")"
                        .formatted(taskId));
    }

    @Override
    public void leave(String taskId) {}

    /// The queue ends with its connection, which is not ours.
    @Override
    public void close() {}

    private void receive(Delivery delivery) {
        try {
            waiting.report(ResultCodec.decode(AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody())));
        } catch (IOException e) {
            LOG.warn("ignoring a message on the reply queue that is no result: {}", e.getMessage());
        }
    }
}
