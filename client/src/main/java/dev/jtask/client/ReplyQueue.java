package dev.jtask.client;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.jtask.protocol.ResultCodec;
import dev.jtask.protocol.TaskState;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one queue on which a client gets all its results (Celery's `rpc://` backend): exclusive, so it ends with the
/// connection and is legal on every RabbitMQ.
final class ReplyQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyQueue.class);
    private static final CancelCallback NO_QUEUE =
            tag -> LOG.warn("the reply queue was deleted; results no longer arrive");

    private final String name = UUID.randomUUID().toString();
    private final Map<String, TaskHandle<?>> waiting = new ConcurrentHashMap<>();

    static ReplyQueue on(Connection connection) throws IOException {
        var replies = new ReplyQueue();
        var channel = connection.createChannel();
        channel.queueDeclare(replies.name, false, true, true, Map.of());
        channel.basicConsume(replies.name, true, (tag, delivery) -> replies.receive(delivery), NO_QUEUE);
        return replies;
    }

    String name() {
        return name;
    }

    void expect(TaskHandle<?> handle) {
        waiting.put(handle.id(), handle);
    }

    /// Nothing will come for it.
    void abandon(TaskHandle<?> handle, RuntimeException cause) {
        waiting.remove(handle.id());
        handle.abandon(cause);
    }

    void abandon(RuntimeException cause) {
        waiting.values().forEach(handle -> handle.abandon(cause));
        waiting.clear();
    }

    private void receive(Delivery delivery) {
        try {
            var result = ResultCodec.decode(AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody()));
            var handle =
                    TaskState.isReady(result.status()) ? waiting.remove(result.taskId()) : waiting.get(result.taskId());
            if (handle != null) {
                handle.report(result);
            }
        } catch (IOException e) {
            LOG.warn("ignoring a message on the reply queue that is no result: {}", e.getMessage());
        }
    }
}
