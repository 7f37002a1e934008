package dev.jtask.worker.celery.events;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to the event exchange; without a connection what is sent is lost, as events may be.
final class EventLine {

    private static final Logger LOG = LoggerFactory.getLogger(EventLine.class);
    private static final String EXCHANGE = "celeryev";
    private static final int TRANSIENT = 1;

    private final BasicProperties properties;
    private volatile @Nullable Channel channel;

    EventLine(String nodeName) {
        properties = new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .deliveryMode(TRANSIENT)
                .priority(0)
                .headers(Map.of("hostname", nodeName))
                .build();
    }

    void attach(Connection connection) throws IOException {
        var opened = connection.createChannel();
        opened.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
        channel = opened;
    }

    boolean isOpen() {
        var current = channel;
        return current != null && current.isOpen();
    }

    /// @param type as in the event, whose dashes become the routing key's dots
    void send(String type, byte[] body) {
        var current = channel;
        if (current == null) {
            return;
        }
        try {
            current.basicPublish(EXCHANGE, type.replace('-', '.'), properties, body);
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("an event was lost with the connection", e);
        }
    }
}
