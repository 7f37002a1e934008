package dev.jtask.protocol.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.OpenReader;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.DecodeResult.Decoded;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one message, lenient where Celery is and never worse than [Malformed].
final class TaskReader {

    /// What Jackson reads from bytes by itself, and more strictly than a decoded text.
    private static final Set<String> UTF_8_NAMES = Set.of("", "utf-8", "utf8", "us-ascii", "ascii", "binary");

    private final WireMessage message;
    private final Headers headers;
    private JsonNode body = MissingNode.getInstance();

    TaskReader(WireMessage message) {
        this.message = message;
        this.headers = new Headers(message.properties().headers());
    }

    DecodeResult read() {
        try {
            headers.requireWithinLimits();
            var unreadable = headers.text(JtaskHeaders.UNREADABLE);
            if (unreadable != null) {
                throw new IOException(unreadable);
            }
            requireReadable(message.body());
            body = json();
            return headers.text(HeaderNames.TASK) == null ? version1() : version2();
        } catch (StreamConstraintsException e) {
            return malformed("the body is beyond a limit: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            return malformed("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return malformed(Objects.requireNonNullElse(e.getMessage(), "the body cannot be read"));
        } catch (IllegalArgumentException e) {
            return malformed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        } catch (RuntimeException | StackOverflowError e) {
            // the boundary: what nobody foresaw is this message's fault, never the worker's
            return malformed("the message cannot be read: " + e);
        }
    }

    private static void requireReadable(byte[] body) throws IOException {
        if (body.length > Limits.BODY_BYTES) {
            throw new IOException(
                    "the body has %d bytes, of which at most %d are read here; send it in parts, or give the worker more memory"
                            .formatted(body.length, Limits.BODY_BYTES));
        }
    }

    private JsonNode json() throws IOException {
        var type = message.properties().contentType();
        if (type == null || type.isEmpty()) {
            throw new IOException("the message has no content_type; send application/json");
        }
        if (type.equals(WireProperties.ENCRYPTED)) {
            throw new IOException("the body is encrypted, and there are no keys here; set JTASK_KEYS_FILE");
        }
        if (!type.equals(WireProperties.JSON) && !type.split(";", 2)[0].trim().equalsIgnoreCase(WireProperties.JSON)) {
            throw new IOException("content_type %s is not accepted; send application/json".formatted(type));
        }
        if (message.body().length == 0) {
            throw new IOException("the body is empty; a task body is [args, kwargs, embed]");
        }
        var bytes = Compression.expand(message.body(), headers.text(HeaderNames.COMPRESSION));
        var encoding = message.properties().contentEncoding();
        return encoding == null || UTF_8_NAMES.contains(encoding.toLowerCase(Locale.ROOT))
                ? TypedJson.mapper().readTree(bytes)
                : TypedJson.mapper().readTree(decoded(bytes, encoding));
    }

    private static String decoded(byte[] bytes, String encoding) throws IOException {
        try {
            return Charset.forName(encoding)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("the body is not text in %s".formatted(encoding), e);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IOException("content_encoding %s is not known; send utf-8".formatted(encoding), e);
        }
    }

    private DecodeResult version2() throws IOException {
        if (!body.isArray() || body.size() != 3) {
            throw new IOException("the body must be [args, kwargs, embed], this one is %s".formatted(shape(body)));
        }
        var task = headers.id(HeaderNames.TASK);
        var id = headers.id(HeaderNames.ID);
        if (task == null || task.isEmpty() || id == null || id.isEmpty()) {
            throw new IOException("the message has no id header");
        }
        var retries = headers.integer(HeaderNames.RETRIES);
        var nesting = headers.integer(HeaderNames.REPLACED_TASK_NESTING);
        return new Decoded(delivered(TaskMessage.builder(id, task))
                .args(args(body.get(0)))
                .kwargs(kwargs(body.get(1)))
                .embed(Embed.of(body.get(2)))
                .rootId(headers.id(HeaderNames.ROOT_ID))
                .parentId(headers.id(HeaderNames.PARENT_ID))
                .group(headers.id(HeaderNames.GROUP), headers.integer(HeaderNames.GROUP_INDEX))
                .retries(retries == null ? 0 : retries)
                .eta(headers.date(HeaderNames.ETA))
                .expires(headers.date(HeaderNames.EXPIRES))
                .timeLimits(headers.timeLimits(HeaderNames.TIME_LIMIT))
                .shadow(headers.shown(HeaderNames.SHADOW))
                .origin(headers.shown(HeaderNames.ORIGIN))
                .ignoreResult(headers.flag(HeaderNames.IGNORE_RESULT))
                .replacedTaskNesting(nesting == null ? 0 : nesting)
                .stamps(headers.texts(HeaderNames.STAMPED_HEADERS), headers.map(HeaderNames.STAMPS))
                .repr(headers.shown(HeaderNames.ARGS_REPR), headers.shown(HeaderNames.KWARGS_REPR))
                .build());
    }

    /// Protocol 1 has everything in the body, an object; gocelery still sends it.
    private DecodeResult version1() throws IOException {
        if (!body.isObject()
                || !body.path("task").isTextual()
                || !body.path("id").isTextual()) {
            throw new IOException("the message has neither a task header nor a body with task and id");
        }
        var table = table();
        var retries = table.integer("retries");
        var group = table.id("group");
        return new Decoded(delivered(TaskMessage.builder(required(table, "id"), required(table, "task")))
                .args(args(body.path("args")))
                .kwargs(kwargs(body.path("kwargs")))
                .embed(Embed.of(body))
                .retries(retries == null ? 0 : retries)
                .eta(table.date("eta"))
                .expires(table.date("expires"))
                .timeLimits(table.timeLimits("timelimit"))
                .group(group == null ? table.id("taskset") : group, null)
                .build());
    }

    /// What protocol 2 has for headers.
    private Headers table() {
        var parts = new LinkedHashMap<String, @Nullable Object>();
        for (var name : List.of("id", "task", "retries", "eta", "expires", "timelimit", "taskset", "group")) {
            parts.put(name, OpenReader.value(body.path(name)));
        }
        return new Headers(parts);
    }

    private static String required(Headers table, String name) throws IOException {
        var text = table.id(name);
        if (text == null || text.isEmpty()) {
            throw new IOException("the body has no " + name);
        }
        return text;
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
        if (isAbsent(json)) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (json instanceof ArrayNode array) {
            return array;
        }
        throw new IOException("args must be an array, not " + shape(json));
    }

    private static ObjectNode kwargs(JsonNode json) throws IOException {
        if (isAbsent(json)) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new IOException("kwargs must be an object, not " + shape(json));
    }

    private static boolean isAbsent(JsonNode json) {
        return json.isNull() || json.isMissingNode();
    }

    private static String shape(JsonNode json) {
        return json.isArray()
                ? "an array of " + json.size()
                : "of type " + json.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private Malformed malformed(String reason) {
        return refused(reason).withRest(rest());
    }

    /// Of a body that nobody reads whole.
    Malformed skimmed(String reason) {
        return malformed(reason);
    }

    /// Nothing else of the message counts.
    Malformed refused(String reason) {
        var properties = message.properties();
        return new Malformed(
                Excerpt.of(reason),
                readable(HeaderNames.ID),
                readable(HeaderNames.TASK),
                properties.replyTo(),
                properties.correlationId());
    }

    /// Never throws: those who wait for it are not told then, and the message ends all the same.
    private @Nullable TaskMessage rest() {
        var id = readable(HeaderNames.ID);
        var task = readable(HeaderNames.TASK);
        if (id == null || task == null || id.isEmpty() || task.isEmpty()) {
            return null;
        }
        try {
            if (body.isObject()) {
                return UnrunTask.of(delivered(TaskMessage.builder(id, task)), table(), body, body);
            }
            var parts = body.isMissingNode() ? Skimmer.parts(message) : body;
            return UnrunTask.of(delivered(TaskMessage.builder(id, task)), headers, parts, parts.path(2));
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
            return null;
        }
    }

    /// Whoever is told of it has to be able to send it on, so an id or name that is too long counts as none.
    private @Nullable String readable(String name) {
        // protocol 1 has it in the body
        var text = headers.table().get(name) instanceof CharSequence header && !header.isEmpty()
                ? header.toString()
                : body.path(name).textValue();
        return text == null || !Headers.isShort(text) ? null : text;
    }
}
