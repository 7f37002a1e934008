package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.Bounds;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.json.WireDates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Task messages on the wire: writes Celery's protocol 2, reads protocols 1 and 2.
public final class TaskCodec {

    /// RabbitMQ closes the channel at a larger time to live (2^32 - 1 ms, about 50 days).
    private static final long MAX_EXPIRATION_MS = (1L << 32) - 1;

    /// Of a table that has room for Celery's headers and some of a sender's own.
    private static final int CAPACITY = 40;

    private TaskCodec() {}

    /// All 19 headers are written, as a Python producer does; a body has always three elements, since a Python
    /// worker stops at any other.
    ///
    /// The time to live of a task that expires is counted from `now`. A header `compression` is obeyed.
    ///
    /// @throws IllegalArgumentException when there is no such compression here, or when [#decode] would refuse it
    public static WireMessage encode(TaskMessage task, Instant now) {
        if (!task.embed().equals(Embed.NONE)) {
            SignatureCheck.all(task.embed());
        }
        var body = JsonNodeFactory.instance.arrayNode(3);
        body.add(task.args()).add(task.kwargs()).add(embed(task.embed()));
        var exceeded = Bounds.exceeded(body, 0);
        if (exceeded != null) {
            throw new IllegalArgumentException(
                    "the message of task %s has %s, which no worker reads".formatted(task.task(), exceeded));
        }
        try {
            var json = written(task, body);
            var compression = task.customHeaders().get(HeaderNames.COMPRESSION);
            var properties = properties(task, now);
            new Headers(properties.headers()).requireWithinLimits();
            return new WireMessage(
                    properties, compression == null ? json : Compression.compress(json, String.valueOf(compression)));
        } catch (IOException e) {
            throw new UncheckedIOException("arguments of task %s are not JSON".formatted(task.task()), e);
        }
    }

    private static byte[] written(TaskMessage task, JsonNode body) throws IOException {
        var bytes = new BoundedBytes(Limits.WRITTEN_BYTES);
        try {
            TypedJson.mapper().writeValue(bytes, body);
            return bytes.all();
        } catch (BoundedBytes.ExceededException e) {
            throw new IllegalArgumentException(
                    "the message of task %s has %s; send it in parts, or give this program more memory"
                            .formatted(task.task(), e.getMessage()),
                    e);
        }
    }

    /// Never throws: what is no task becomes a [DecodeResult.Malformed] with all that could be read of it.
    public static DecodeResult decode(WireMessage message) {
        return new TaskReader(message).read();
    }

    /// The same message with its body as it was before it was compressed; the same object where it is not.
    ///
    /// @throws IOException when the method is not supported, the bytes are not of it or expand too far
    public static WireMessage uncompressed(WireMessage message) throws IOException {
        var compression = message.properties().headers().get(HeaderNames.COMPRESSION);
        if (compression == null) {
            return message;
        }
        var headers = new LinkedHashMap<>(message.properties().headers());
        headers.remove(HeaderNames.COMPRESSION);
        return new WireMessage(
                message.properties().withHeaders(headers),
                Compression.expand(message.body(), String.valueOf(compression)));
    }

    /// A message as far as it can be told without its keys: an encrypted one without arguments, any other as it is.
    public static WireMessage outside(WireMessage message) {
        var properties = message.properties();
        if (!Objects.equals(properties.contentType(), WireProperties.ENCRYPTED)) {
            return message;
        }
        Map<String, @Nullable Object> headers = new LinkedHashMap<>(properties.headers());
        headers.remove(HeaderNames.COMPRESSION);
        headers.put(JtaskHeaders.PROTECTION, Protection.words(Set.of(Protection.ENCRYPTED)));
        return new WireMessage(
                properties.withContent(WireProperties.JSON, "utf-8").withHeaders(headers),
                "[[],{},{}]".getBytes(StandardCharsets.US_ASCII));
    }

    /// Whether the message is not read for its size alone.
    public static boolean isTooLarge(WireMessage message) {
        return message.body().length > Limits.BODY_BYTES;
    }

    /// Whether the message costs next to nothing to read, whatever is in it.
    public static boolean isSmall(WireMessage message) {
        return message.body().length <= Limits.SMALL_BODY_BYTES
                && !message.properties().headers().containsKey(HeaderNames.COMPRESSION);
    }

    /// What is told of a message that is not to be read, whatever is in it.
    public static DecodeResult.Malformed refused(WireMessage message, String reason) {
        return new TaskReader(message).refused(reason);
    }

    /// What is told of a message whose arguments are not to be read, with those who wait for what was to follow it.
    public static DecodeResult.Malformed skimmed(WireMessage message, String reason) {
        return new TaskReader(message).skimmed(reason);
    }

    private static WireProperties properties(TaskMessage task, Instant now) {
        return new WireProperties(
                WireProperties.JSON,
                "utf-8",
                task.correlationId(),
                task.replyTo(),
                WireProperties.PERSISTENT,
                task.priority(),
                expiration(task, now),
                HeaderTable.of(headers(task)),
                task.others());
    }

    /// Absent when too far off for the broker, and for a part of a chord, of which the broker would tell nobody that it
    /// ended; the worker still obeys the header.
    private static @Nullable String expiration(TaskMessage task, Instant now) {
        var expires = task.expires();
        if (expires == null || !task.embed().chord().isNull()) {
            return null;
        }
        long left = Math.max(0, expires.toEpochMilli() - now.toEpochMilli());
        return left > MAX_EXPIRATION_MS ? null : Long.toString(left);
    }

    private static Map<String, @Nullable Object> headers(TaskMessage task) {
        var headers = new LinkedHashMap<String, @Nullable Object>(CAPACITY);
        headers.putAll(task.customHeaders());
        headers.put(HeaderNames.LANG, "java");
        headers.put(HeaderNames.TASK, task.task());
        headers.put(HeaderNames.ID, task.id());
        headers.put(HeaderNames.SHADOW, task.shadow());
        headers.put(HeaderNames.ETA, date(task.eta()));
        headers.put(HeaderNames.EXPIRES, date(task.expires()));
        headers.put(HeaderNames.GROUP, task.group());
        headers.put(HeaderNames.GROUP_INDEX, task.groupIndex());
        headers.put(HeaderNames.RETRIES, task.retries());
        var limits = task.timeLimits();
        headers.put(HeaderNames.TIME_LIMIT, Arrays.asList(limits.hard(), limits.soft()));
        headers.put(HeaderNames.ROOT_ID, task.rootId());
        headers.put(HeaderNames.PARENT_ID, task.parentId());
        var args = task.argsRepr();
        headers.put(HeaderNames.ARGS_REPR, args == null ? PyRepr.tuple(task.args()) : args);
        var kwargs = task.kwargsRepr();
        headers.put(HeaderNames.KWARGS_REPR, kwargs == null ? PyRepr.of(task.kwargs()) : kwargs);
        headers.put(HeaderNames.ORIGIN, task.origin());
        headers.put(HeaderNames.IGNORE_RESULT, task.ignoreResult());
        headers.put(HeaderNames.REPLACED_TASK_NESTING, task.replacedTaskNesting());
        headers.put(HeaderNames.STAMPED_HEADERS, task.stampedHeaders());
        headers.put(HeaderNames.STAMPS, task.stamps());
        return headers;
    }

    private static ObjectNode embed(Embed embed) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("callbacks", embed.callbacks());
        json.set("errbacks", embed.errbacks());
        json.set("chain", embed.chain());
        json.set("chord", embed.chord());
        return json;
    }

    private static @Nullable String date(@Nullable Instant instant) {
        return instant == null ? null : WireDates.format(instant);
    }
}
