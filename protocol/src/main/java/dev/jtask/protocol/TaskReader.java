package dev.jtask.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.DecodeResult.Decoded;
import dev.jtask.protocol.DecodeResult.Malformed;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads one message, lenient where Celery is and never worse than [Malformed].
final class TaskReader {

    private final WireMessage message;
    private final Headers headers;

    TaskReader(WireMessage message) {
        this.message = message;
        this.headers = new Headers(message.properties().headers());
    }

    DecodeResult read() {
        try {
            var body = body();
            return headers.text(HeaderNames.TASK) == null ? version1(body) : version2(body);
        } catch (JsonProcessingException e) {
            return malformed("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return malformed(Objects.requireNonNullElse(e.getMessage(), "the body cannot be read"));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return malformed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private JsonNode body() throws IOException {
        var type = message.properties().contentType();
        if (type == null) {
            throw new IOException("the message has no content_type; send application/json");
        }
        if (!type.split(";", 2)[0].trim().equalsIgnoreCase("application/json")) {
            throw new IOException("content_type %s is not accepted; send application/json".formatted(type));
        }
        if (message.body().length == 0) {
            throw new IOException("the body is empty; a task body is [args, kwargs, embed]");
        }
        var bytes = Compression.expand(message.body(), headers.text(HeaderNames.COMPRESSION));
        return TypedJson.mapper().readTree(new String(bytes, charset()));
    }

    private Charset charset() throws IOException {
        var encoding = message.properties().contentEncoding();
        if (encoding == null || encoding.isEmpty()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IOException("content_encoding %s is not known; send utf-8".formatted(encoding), e);
        }
    }

    private DecodeResult version2(JsonNode body) throws IOException {
        if (!body.isArray() || body.size() != 3) {
            throw new IOException("the body must be [args, kwargs, embed], this one is %s".formatted(shape(body)));
        }
        var task = headers.text(HeaderNames.TASK);
        var id = headers.text(HeaderNames.ID);
        if (task == null || task.isEmpty() || id == null || id.isEmpty()) {
            throw new IOException("the message has no id header");
        }
        var retries = headers.integer(HeaderNames.RETRIES);
        var nesting = headers.integer(HeaderNames.REPLACED_TASK_NESTING);
        return new Decoded(delivered(TaskMessage.builder(id, task))
                .args(args(body.get(0)))
                .kwargs(kwargs(body.get(1)))
                .embed(Embed.of(body.get(2)))
                .rootId(headers.text(HeaderNames.ROOT_ID))
                .parentId(headers.text(HeaderNames.PARENT_ID))
                .group(headers.text(HeaderNames.GROUP), headers.integer(HeaderNames.GROUP_INDEX))
                .retries(retries == null ? 0 : retries)
                .eta(headers.date(HeaderNames.ETA))
                .expires(headers.date(HeaderNames.EXPIRES))
                .timeLimits(headers.timeLimits(HeaderNames.TIME_LIMIT))
                .shadow(headers.text(HeaderNames.SHADOW))
                .origin(headers.text(HeaderNames.ORIGIN))
                .ignoreResult(headers.flag(HeaderNames.IGNORE_RESULT))
                .replacedTaskNesting(nesting == null ? 0 : nesting)
                .stamps(headers.texts(HeaderNames.STAMPED_HEADERS), headers.map(HeaderNames.STAMPS))
                .repr(headers.text(HeaderNames.ARGS_REPR), headers.text(HeaderNames.KWARGS_REPR))
                .build());
    }

    /// Protocol 1 has everything in the body, an object; gocelery still sends it.
    private DecodeResult version1(JsonNode body) throws IOException {
        if (!body.isObject()
                || !body.path("task").isTextual()
                || !body.path("id").isTextual()) {
            throw new IOException("the message has neither a task header nor a body with task and id");
        }
        var version2 = JsonNodeFactory.instance.objectNode();
        for (var part : new String[] {"callbacks", "errbacks", "chord"}) {
            version2.set(part, body.path(part).isMissingNode() ? null : body.get(part));
        }
        var table = new Headers(OpenReader.value(body) instanceof Map<?, ?> map ? strings(map) : Map.of());
        return new Decoded(delivered(TaskMessage.builder(
                        body.get("id").textValue(), body.get("task").textValue()))
                .args(args(body.path("args")))
                .kwargs(kwargs(body.path("kwargs")))
                .embed(Embed.of(version2))
                .retries(body.path("retries").asInt(0))
                .eta(table.date("eta"))
                .expires(table.date("expires"))
                .timeLimits(table.timeLimits("timelimit"))
                .group(table.text("taskset"), null)
                .build());
    }

    private TaskMessage.Builder delivered(TaskMessage.Builder builder) {
        var properties = message.properties();
        var correlationId = properties.correlationId();
        if (correlationId != null && !correlationId.isEmpty()) {
            builder.correlationId(correlationId);
        }
        var priority = properties.priority();
        return builder.replyTo(Objects.requireNonNullElse(properties.replyTo(), ""))
                .priority(priority == null ? 0 : priority)
                .customHeaders(HeaderNames.custom(properties.headers()));
    }

    private static ArrayNode args(JsonNode json) throws IOException {
        return switch (json) {
            case ArrayNode array -> array;
            case JsonNode other when isAbsent(other) -> JsonNodeFactory.instance.arrayNode();
            case JsonNode other -> throw new IOException("args must be an array, not " + shape(other));
        };
    }

    private static ObjectNode kwargs(JsonNode json) throws IOException {
        return switch (json) {
            case ObjectNode object -> object;
            case JsonNode other when isAbsent(other) -> JsonNodeFactory.instance.objectNode();
            case JsonNode other -> throw new IOException("kwargs must be an object, not " + shape(other));
        };
    }

    private static boolean isAbsent(JsonNode json) {
        return json.isNull() || json.isMissingNode();
    }

    @SuppressWarnings("unchecked") // read from a JSON object
    private static Map<String, @Nullable Object> strings(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    private static String shape(JsonNode json) {
        return json.isArray()
                ? "an array of " + json.size()
                : "of type " + json.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private Malformed malformed(String reason) {
        var properties = message.properties();
        return new Malformed(
                reason,
                readable(HeaderNames.ID),
                readable(HeaderNames.TASK),
                properties.replyTo(),
                properties.correlationId());
    }

    private @Nullable String readable(String name) {
        return headers.table().get(name) instanceof CharSequence text && !text.isEmpty() ? text.toString() : null;
    }
}
