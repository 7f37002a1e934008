package dev.jtask.client.result;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection's exclusive queues, which end with it and are legal on every RabbitMQ.
final class AmqpInbox implements Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpInbox.class);
    private static final CancelCallback NO_QUEUE =
            tag -> LOG.warn("the reply queue was deleted; results no longer arrive");

    private final Connection connection;

    AmqpInbox(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void listen(String queue, Consumer<WireMessage> receiver) throws IOException {
        var channel = connection.createChannel();
        channel.queueDeclare(queue, false, true, true, Map.of());
        channel.basicConsume(
                queue,
                true,
                (tag, delivery) -> receiver.accept(AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody())),
                NO_QUEUE);
    }
}
