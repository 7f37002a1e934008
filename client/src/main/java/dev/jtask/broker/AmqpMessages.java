package dev.jtask.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.jtask.protocol.message.HeaderTable;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Between jtask's messages and the AMQP client's.
public final class AmqpMessages {

    /// They tell the broker where else a message is to go. It leaves the one in what it delivers, so that whoever sent
    /// the message on would send it there once more.
    private static final List<String> COPIES = List.of("CC", "BCC");

    private AmqpMessages() {}

    /// What was received, with text as [String], and without what the broker was to do with it.
    ///
    /// @throws OversizedException when the body was dropped while it arrived, and this is not the message any more
    public static WireMessage fromAmqp(BasicProperties properties, byte[] body) throws OversizedException {
        var dropped = Oversized.bytes(properties);
        if (dropped.isPresent()) {
            var id = properties.getCorrelationId();
            throw new OversizedException(dropped.getAsLong(), id == null ? "" : id);
        }
        var headers = PackedHeaders.of(properties);
        COPIES.forEach(headers::remove);
        return new WireMessage(
                new WireProperties(
                        properties.getContentType(),
                        properties.getContentEncoding(),
                        properties.getCorrelationId(),
                        properties.getReplyTo(),
                        properties.getDeliveryMode(),
                        properties.getPriority(),
                        properties.getExpiration(),
                        HeaderTable.of(headers),
                        others(properties)),
                body);
    }

    /// The headers of what was received on one of jtask's connections, with text as [String]; the AMQP client has not
    /// read them.
    public static Map<String, @Nullable Object> headers(BasicProperties properties) {
        return PackedHeaders.of(properties);
    }

    /// What is to be sent.
    ///
    /// @throws IllegalArgumentException when a header holds a number that RabbitMQ ends the connection for
    public static BasicProperties.Builder toAmqp(WireProperties properties) {
        properties.headers().forEach(AmqpMessages::requireFinite);
        return new BasicProperties.Builder()
                .contentType(properties.contentType())
                .contentEncoding(properties.contentEncoding())
                .correlationId(properties.correlationId())
                .replyTo(properties.replyTo())
                .deliveryMode(properties.deliveryMode())
                .priority(properties.priority())
                .expiration(properties.expiration())
                .headers(properties.headers())
                .messageId(properties.others().messageId())
                .timestamp(date(properties.others().timestamp()))
                .type(properties.others().type())
                .userId(properties.others().userId())
                .appId(properties.others().appId());
    }

    /// What is to be sent on a channel of the sender's.
    ///
    /// @throws IllegalArgumentException as [#toAmqp]
    static BasicProperties sent(WireProperties properties, String messageId) {
        properties.headers().forEach(AmqpMessages::requireFinite);
        return new SentProperties(properties, messageId);
    }

    /// Erlang has no such numbers: the broker answers them with INTERNAL_ERROR, for all that is on the connection.
    private static void requireFinite(String name, @Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(element -> requireFinite(name, element));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(element -> requireFinite(name, element));
        } else if ((value instanceof Double || value instanceof Float)
                && !Double.isFinite(((Number) value).doubleValue())) {
            throw new IllegalArgumentException(
                    "header '%s' holds %s, which RabbitMQ cannot read; leave it out, or send it as text"
                            .formatted(name, value));
        }
    }

    private static WireProperties.Others others(BasicProperties properties) {
        var time = properties.getTimestamp();
        if (properties.getMessageId() == null
                && time == null
                && properties.getType() == null
                && properties.getUserId() == null
                && properties.getAppId() == null) {
            return WireProperties.Others.NONE;
        }
        return new WireProperties.Others(
                properties.getMessageId(),
                time == null ? null : time.toInstant(),
                properties.getType(),
                properties.getUserId(),
                properties.getAppId());
    }

    static @Nullable Date date(@Nullable Instant time) {
        return time == null ? null : Date.from(time);
    }
}
