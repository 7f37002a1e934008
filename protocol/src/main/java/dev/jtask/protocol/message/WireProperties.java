package dev.jtask.protocol.message;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The AMQP properties of a message, free of any client library.
///
/// @param deliveryMode 1 transient, 2 persistent
/// @param priority 0..255, higher is sooner
/// @param expiration time to live in milliseconds, as a decimal string
/// @param headers the header table; strings are `String`, tables are `Map`, arrays are `List`
/// @param others what is passed on and not read
public record WireProperties(
        @Nullable String contentType,
        @Nullable String contentEncoding,
        @Nullable String correlationId,
        @Nullable String replyTo,
        @Nullable Integer deliveryMode,
        @Nullable Integer priority,
        @Nullable String expiration,
        Map<String, @Nullable Object> headers,
        Others others) {

    /// The content type of what Celery's default serializer writes.
    static final String JSON = "application/json";

    /// The content type of an encrypted body, a JWE in its compact form.
    public static final String ENCRYPTED = "application/jose";

    public static final int TRANSIENT = 1;
    public static final int PERSISTENT = 2;

    /// Properties that mean nothing to a task, and that a message keeps wherever it is moved to.
    ///
    /// @param timestamp of whole seconds
    public record Others(
            @Nullable String messageId,
            @Nullable Instant timestamp,
            @Nullable String type,
            @Nullable String userId,
            @Nullable String appId) {

        public static final Others NONE = new Others(null, null, null, null, null);

        /// The broker takes a message with somebody else's user id for a forgery.
        public Others withoutUser() {
            return userId == null ? this : new Others(messageId, timestamp, type, null, appId);
        }
    }

    public WireProperties {
        headers = HeaderTable.copyOf(headers);
    }

    /// Without any others.
    public WireProperties(
            @Nullable String contentType,
            @Nullable String contentEncoding,
            @Nullable String correlationId,
            @Nullable String replyTo,
            @Nullable Integer deliveryMode,
            @Nullable Integer priority,
            @Nullable String expiration,
            Map<String, @Nullable Object> headers) {
        this(
                contentType,
                contentEncoding,
                correlationId,
                replyTo,
                deliveryMode,
                priority,
                expiration,
                headers,
                Others.NONE);
    }

    /// JSON in UTF-8 without correlation id, reply queue or expiration, priority 0.
    public static WireProperties json(int deliveryMode, Map<String, @Nullable Object> headers) {
        return new WireProperties(JSON, "utf-8", null, null, deliveryMode, 0, null, headers);
    }

    /// For a body of another kind.
    public WireProperties withContent(@Nullable String type, @Nullable String encoding) {
        return new WireProperties(
                type, encoding, correlationId, replyTo, deliveryMode, priority, expiration, headers, others);
    }

    public WireProperties withHeaders(Map<String, @Nullable Object> replacement) {
        return new WireProperties(
                contentType,
                contentEncoding,
                correlationId,
                replyTo,
                deliveryMode,
                priority,
                expiration,
                replacement,
                others);
    }

    public WireProperties withExpiration(@Nullable String replacement) {
        return new WireProperties(
                contentType,
                contentEncoding,
                correlationId,
                replyTo,
                deliveryMode,
                priority,
                replacement,
                headers,
                others);
    }

    public WireProperties withCorrelationId(@Nullable String replacement) {
        return new WireProperties(
                contentType,
                contentEncoding,
                replacement,
                replyTo,
                deliveryMode,
                priority,
                expiration,
                headers,
                others);
    }

    public WireProperties withOthers(Others replacement) {
        return new WireProperties(
                contentType,
                contentEncoding,
                correlationId,
                replyTo,
                deliveryMode,
                priority,
                expiration,
                headers,
                replacement);
    }
}
