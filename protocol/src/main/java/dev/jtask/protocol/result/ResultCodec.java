package dev.jtask.protocol.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Results on the wire: the five keys of Celery 5's `rpc://` backend, and `pieces` where somebody reads them;
/// further keys are ignored when reading.
public final class ResultCodec {

    static final String DONE = "date_done";

    private ResultCodec() {}

    public static WireMessage encode(ResultMessage result, String correlationId) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("task_id", result.taskId());
        body.put("status", result.status());
        body.set("result", result.result());
        body.put("traceback", result.traceback());
        body.set("children", result.children());
        PieceMark.put(result.pieces(), body);
        try {
            return new WireMessage(
                    WireProperties.json(WireProperties.TRANSIENT, Map.of()).withCorrelationId(correlationId),
                    TypedJson.mapper().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("result of task %s is not JSON".formatted(result.taskId()), e);
        }
    }

    /// @throws IOException when the body is no result
    public static ResultMessage decode(WireMessage message) throws IOException {
        var type = message.properties().contentType();
        if (type != null && !type.startsWith("application/json")) {
            throw new IOException("content_type %s is not read; set result_serializer='json'".formatted(type));
        }
        return read(TypedJson.mapper().readTree(message.body()));
    }

    /// Whether what cannot be read may be followed by what can: a state on the way, as far as it is one that says so.
    public static boolean isOnTheWay(byte[] json) {
        try (var parser = TypedJson.mapper().createParser(json)) {
            return isOnTheWay(parser);
        } catch (IOException e) {
            return false;
        }
    }

    static boolean isOnTheWay(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var value = parser.nextTextValue();
            if (name.equals("status")) {
                return value != null && !TaskState.isReady(value);
            }
            parser.skipChildren();
        }
        return false;
    }

    static ResultMessage read(JsonNode body) throws IOException {
        if (!body.path("task_id").isTextual() || !body.path("status").isTextual()) {
            throw new IOException("a result needs task_id and status, this one has the keys "
                    + body.properties().stream().map(Map.Entry::getKey).toList());
        }
        var traceback = body.path("traceback");
        return new ResultMessage(
                body.get("task_id").textValue(),
                body.get("status").textValue(),
                body.has("result") ? body.get("result") : NullNode.instance,
                traceback.isTextual() ? traceback.textValue() : null,
                body.path("children") instanceof ArrayNode children ? children : JsonNodeFactory.instance.arrayNode(),
                PieceMark.last(body),
                body.path(DONE).textValue());
    }
}
