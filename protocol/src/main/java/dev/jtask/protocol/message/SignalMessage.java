package dev.jtask.protocol.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.TypedJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The value of a signal as it travels. It says like a task whose it is, so that it is protected as tasks are.
public final class SignalMessage {

    private static final String TASK = "jtask.signal.";

    private SignalMessage() {}

    /// @param messageId tells it from any other value of that signal
    /// @param value anything that JSON can carry
    /// @throws IllegalArgumentException when it cannot be written
    public static WireMessage of(String taskId, String signal, String messageId, Object value) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        headers.put("task", TASK + signal);
        headers.put("id", taskId);
        try {
            return new WireMessage(
                    WireProperties.json(WireProperties.PERSISTENT, headers)
                            .withOthers(new WireProperties.Others(messageId, null, null, null, null)),
                    TypedJson.mapper().writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the value of signal '%s' is not JSON: %s".formatted(signal, e.getOriginalMessage()), e);
        }
    }

    /// Whether it is the value of some signal.
    public static boolean isOne(WireMessage message) {
        return message.properties().headers().get("task") instanceof String name && name.startsWith(TASK);
    }

    /// Whether it is this one's: whoever may write could put it elsewhere.
    public static boolean isOf(WireMessage message, String taskId, String signal) {
        var headers = message.properties().headers();
        return (TASK + signal).equals(headers.get("task")) && taskId.equals(headers.get("id"));
    }

    /// @throws IOException when it is no JSON
    public static JsonNode value(WireMessage message) throws IOException {
        return TypedJson.mapper().readTree(message.body());
    }
}
