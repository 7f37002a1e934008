package dev.jtask.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The headers of a message as one field of bytes, so that the AMQP client passes them on unread: it makes a table of
/// objects of them byte by byte, of which jtask made its own. They are read once, by [HeaderReader].
final class PackedHeaders {

    /// The only name in the table that the client reads; no sender can know it.
    static final String NAME = UUID.randomUUID().toString();

    private PackedHeaders() {}

    /// Those of a received message, by a table that is the caller's own.
    static Map<String, @Nullable Object> of(BasicProperties properties) {
        var table = properties.getHeaders();
        if (table == null) {
            return new LinkedHashMap<>(0);
        }
        return table.size() == 1 && table.get(NAME) instanceof byte[] bytes
                ? HeaderReader.read(bytes)
                : HeaderReader.plain(table);
    }
}
