package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.WireDates;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The options of a signature, as `apply_async` takes them. What reads here when a message is decoded is what its
/// followers are launched with later, so a flow that is accepted can be followed.
///
/// @param priority 0 when there is none
/// @param eta of a countdown too
public record CallOptions(
        @Nullable String taskId,
        @Nullable String replyTo,
        @Nullable String groupId,
        @Nullable Integer groupIndex,
        @Nullable String queue,
        @Nullable String exchange,
        @Nullable String routingKey,
        int priority,
        @Nullable Instant eta,
        @Nullable Instant expires,
        TimeLimits timeLimits,
        @Nullable Boolean ignoreResult,
        Map<String, @Nullable Object> headers) {

    private static final int MAX_PRIORITY = 255;

    /// @param now from when a countdown and an expiry in seconds are counted
    /// @throws IllegalArgumentException that names the option which is not of its kind
    public static CallOptions of(ObjectNode options, Instant now) {
        var priority = whole(options, "priority", MAX_PRIORITY);
        return new CallOptions(
                text(options, "task_id"),
                text(options, "reply_to"),
                text(options, "group_id"),
                whole(options, "group_index", Integer.MAX_VALUE),
                text(options, "queue"),
                text(options, "exchange"),
                text(options, "routing_key"),
                priority == null ? 0 : priority,
                eta(options, now),
                expires(options, now),
                new TimeLimits(limit(options, "time_limit"), limit(options, "soft_time_limit")),
                flag(options, "ignore_result"),
                PlainHeaders.of(options.path("headers")));
    }

    private static @Nullable String text(ObjectNode options, String name) {
        var value = options.path(name);
        if (isNone(value)) {
            return null;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw wrong(name, "a string", value);
        }
        if (!Headers.isShort(value.asText())) {
            throw new IllegalArgumentException("option %s is longer than %d bytes".formatted(name, Limits.SHORT_BYTES));
        }
        return value.asText();
    }

    private static @Nullable Integer whole(ObjectNode options, String name, int max) {
        var value = options.path(name);
        if (isNone(value)) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0 || value.intValue() > max) {
            throw wrong(name, "an integer from 0 to " + max, value);
        }
        return value.intValue();
    }

    private static @Nullable Instant eta(ObjectNode options, Instant now) {
        var countdown = seconds(options, "countdown");
        // as in Python, where zero is none
        return countdown == null || countdown == 0 ? date(options, "eta") : later(now, countdown);
    }

    private static @Nullable Instant expires(ObjectNode options, Instant now) {
        return options.path("expires").isNumber()
                ? later(now, Objects.requireNonNull(seconds(options, "expires")))
                : date(options, "expires");
    }

    private static Instant later(Instant now, double seconds) {
        return now.plus(Duration.ofMillis(Math.round(seconds * 1e3)));
    }

    private static @Nullable Instant date(ObjectNode options, String name) {
        var value = options.path(name);
        if (isNone(value)) {
            return null;
        }
        var text = value.path("__type__").asText().equals("datetime") ? value.path("__value__") : value;
        if (!text.isTextual()) {
            throw wrong(name, "a date", value);
        }
        try {
            return WireDates.parse(text.textValue());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("option %s is no date: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static @Nullable Double limit(ObjectNode options, String name) {
        var seconds = seconds(options, name);
        if (seconds != null && seconds < 0) {
            throw wrong(name, "at least 0 seconds", options.path(name));
        }
        return seconds;
    }

    private static @Nullable Double seconds(ObjectNode options, String name) {
        var value = options.path(name);
        if (isNone(value)) {
            return null;
        }
        // written so that NaN is refused too
        if (!value.isNumber() || !(Math.abs(value.doubleValue()) <= Limits.SECONDS)) {
            throw wrong(name, "a number of seconds, at most a hundred years", value);
        }
        return value.doubleValue();
    }

    private static @Nullable Boolean flag(ObjectNode options, String name) {
        var value = options.path(name);
        if (isNone(value)) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber() && value.canConvertToInt() && (value.intValue() | 1) == 1) {
            return value.intValue() == 1;
        }
        throw wrong(name, "true or false", value);
    }

    private static boolean isNone(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static IllegalArgumentException wrong(String name, String wanted, JsonNode value) {
        return new IllegalArgumentException(Excerpt.of("option %s must be %s, not %s".formatted(name, wanted, value)));
    }
}
