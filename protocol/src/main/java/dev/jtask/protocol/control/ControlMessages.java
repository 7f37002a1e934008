package dev.jtask.protocol.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The shape that requests and replies share: transient JSON objects with a logical time in their headers.
final class ControlMessages {

    private static final long LATEST = 1L << 62;

    private ControlMessages() {}

    static WireMessage message(Map<String, @Nullable Object> headers, ObjectNode body) {
        try {
            return new WireMessage(
                    WireProperties.json(WireProperties.TRANSIENT, headers),
                    TypedJson.mapper().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a message of remote control is not JSON", e);
        }
    }

    static ObjectNode object(WireMessage message) throws IOException {
        try {
            if (TypedJson.mapper().readTree(message.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IOException("the body is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IOException("the body is no JSON object");
    }

    /// 0 from who has no clock.
    ///
    /// @throws IOException when it would bring the receiver's own clock to its end
    static long clock(WireMessage message) throws IOException {
        var time = message.properties().headers().get("clock");
        if (time == null) {
            return 0;
        }
        if (time instanceof Integer || time instanceof Long) {
            long clock = ((Number) time).longValue();
            if (clock >= 0 && clock <= LATEST) {
                return clock;
            }
        }
        throw new IOException("header clock must be a logical time, a whole number from 0 to 2^62");
    }
}
