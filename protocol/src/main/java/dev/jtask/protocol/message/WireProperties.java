package dev.jtask.protocol.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The AMQP properties that jtask reads and writes, free of any client library.
///
/// @param deliveryMode 1 transient, 2 persistent
/// @param priority 0..255, higher is sooner
/// @param expiration time to live in milliseconds, as a decimal string
/// @param headers the header table; strings are `String`, tables are `Map`, arrays are `List`
public record WireProperties(
        @Nullable String contentType,
        @Nullable String contentEncoding,
        @Nullable String correlationId,
        @Nullable String replyTo,
        @Nullable Integer deliveryMode,
        @Nullable Integer priority,
        @Nullable String expiration,
        Map<String, @Nullable Object> headers) {

    public static final int TRANSIENT = 1;
    public static final int PERSISTENT = 2;

    public WireProperties {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// JSON in UTF-8 without correlation id, reply queue or expiration, priority 0.
    public static WireProperties json(int deliveryMode, Map<String, @Nullable Object> headers) {
        return new WireProperties("application/json", "utf-8", null, null, deliveryMode, 0, null, headers);
    }

    public WireProperties withHeaders(Map<String, @Nullable Object> replacement) {
        return new WireProperties(
                contentType, contentEncoding, correlationId, replyTo, deliveryMode, priority, expiration, replacement);
    }

    public WireProperties withExpiration(@Nullable String replacement) {
        return new WireProperties(
                contentType, contentEncoding, correlationId, replyTo, deliveryMode, priority, replacement, headers);
    }

    public WireProperties withCorrelationId(@Nullable String replacement) {
        return new WireProperties(
                contentType, contentEncoding, replacement, replyTo, deliveryMode, priority, expiration, headers);
    }
}
