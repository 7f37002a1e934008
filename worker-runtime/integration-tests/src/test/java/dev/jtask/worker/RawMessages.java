package dev.jtask.worker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.OversizedException;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.testing.RabbitMqNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Messages byte by byte, as no well-behaved client sends them, and what comes back.
final class RawMessages implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Connection connection;
    private final Channel channel;
    private final String replyQueue;

    RawMessages(RabbitMqNode node) throws IOException {
        connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
        channel = connection.createChannel();
        replyQueue = channel.queueDeclare().getQueue();
    }

    void declare(String queue, Map<String, Object> arguments) throws IOException {
        channel.queueDeclare(queue, true, false, false, arguments);
    }

    void delete(String queue) throws IOException {
        channel.queueDelete(queue);
    }

    String replyQueue() {
        return replyQueue;
    }

    void send(String queue, @Nullable String contentType, Map<String, Object> headers, String body) throws IOException {
        send(queue, contentType, headers, body, replyQueue);
    }

    void send(String queue, @Nullable String contentType, Map<String, Object> headers, String body, String replyTo)
            throws IOException {
        var properties = new BasicProperties.Builder()
                .contentType(contentType)
                .headers(new HashMap<>(headers))
                .replyTo(replyTo)
                .deliveryMode(2);
        if (headers.get("id") instanceof String id) {
            properties.correlationId(id);
        }
        channel.basicPublish("", queue, properties.build(), body.getBytes(StandardCharsets.UTF_8));
    }

    /// How many are ready.
    long messages(String queue) throws IOException {
        return channel.messageCount(queue);
    }

    WireMessage take(String queue) {
        GetResponse response = Awaitility.await("a message in " + queue)
                .atMost(SOON)
                .until(() -> found(queue), message -> message != null);
        try {
            return AmqpMessages.fromAmqp(response.getProps(), response.getBody());
        } catch (OversizedException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// On a channel of its own, which the broker closes where nobody has declared the queue yet.
    private @Nullable GetResponse found(String queue) throws IOException {
        var own = connection.createChannel();
        try {
            return own.basicGet(queue, true);
        } catch (IOException e) {
            if (own.isOpen()) {
                throw e;
            }
            return null;
        } finally {
            own.abort();
        }
    }

    ResultMessage takeResult() throws IOException {
        return ResultCodec.decode(take(replyQueue));
    }

    @Override
    public void close() {
        connection.abort();
    }
}
