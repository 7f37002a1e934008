package dev.jtask.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.protocol.json.TypedJson;

/// Values as they are kept.
final class Json {

    private Json() {}

    /// @param what names the value in an error
    static String write(JsonNode value, String what) {
        try {
            return TypedJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StoreRefusedException("%s is not JSON: %s".formatted(what, e.getOriginalMessage()), e);
        }
    }

    /// @param what names the value in an error
    static JsonNode read(String text, String what) {
        try {
            return TypedJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new StoreRefusedException("%s in Redis is not JSON: %s".formatted(what, e.getOriginalMessage()), e);
        }
    }
}
