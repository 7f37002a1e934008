package dev.jtask.spring.outbox;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// A queue that nobody else consumes.
final class Drain {

    private final String uri;
    private final String queue;

    Drain(String uri, String queue) {
        this.uri = uri;
        this.queue = queue;
    }

    /// Takes all that is there: the ids of the messages.
    List<String> ids() {
        return with(channel -> {
            var ids = new ArrayList<String>();
            for (var next = channel.basicGet(queue, true); next != null; next = channel.basicGet(queue, true)) {
                ids.add(id(next));
            }
            return ids;
        });
    }

    long depth() {
        return with(channel -> channel.messageCount(queue));
    }

    /// With which the first message came, which is taken.
    String routingKey() {
        return with(channel -> channel.basicGet(queue, true).getEnvelope().getRoutingKey());
    }

    /// Makes it, with these arguments.
    void declare(Map<String, Object> arguments) {
        with(channel -> channel.queueDeclare(queue, true, false, false, arguments));
    }

    private static String id(GetResponse message) {
        return String.valueOf(AmqpMessages.headers(message.getProps()).get("id"));
    }

    /// What one does on a channel.
    private interface OnChannel<T> {
        T run(Channel channel) throws IOException;
    }

    private <T> T with(OnChannel<T> work) {
        try (var connection = BrokerConnections.open(BrokerOptions.of(uri));
                var channel = connection.createChannel()) {
            return work.run(channel);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
