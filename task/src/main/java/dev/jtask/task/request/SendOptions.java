package dev.jtask.task.request;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TimeLimits;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a task is sent and run: Celery's `apply_async` options.
///
/// @param route null for the client's default queue
/// @param eta not to be run before; it waits in the broker
/// @param expires not to be run after; the task is then REVOKED
/// @param timeLimits beat the task's own
/// @param priority 0..255, higher is sooner; needs a queue with `maxPriority`
public record SendOptions(
        @Nullable Route route,
        @Nullable Moment eta,
        @Nullable Moment expires,
        TimeLimits timeLimits,
        int priority,
        Reply reply,
        PublishRetry publishRetry,
        Map<String, @Nullable Object> headers) {

    static final SendOptions DEFAULT =
            new SendOptions(null, null, null, TimeLimits.NONE, 0, Reply.EXPECTED, PublishRetry.DEFAULT, Map.of());

    /// What an AMQP header may hold beside lists, maps and null.
    private static final List<Class<?>> CARRIED = List.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            byte[].class,
            Date.class);

    public SendOptions {
        if (priority < 0 || priority > 255) {
            throw new IllegalArgumentException("priority must be 0 to 255, not " + priority);
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    SendOptions route(Route value) {
        return new SendOptions(value, eta, expires, timeLimits, priority, reply, publishRetry, headers);
    }

    SendOptions eta(Moment value) {
        return new SendOptions(route, value, expires, timeLimits, priority, reply, publishRetry, headers);
    }

    SendOptions expires(Moment value) {
        return new SendOptions(route, eta, value, timeLimits, priority, reply, publishRetry, headers);
    }

    SendOptions timeLimits(TimeLimits value) {
        return new SendOptions(route, eta, expires, value, priority, reply, publishRetry, headers);
    }

    SendOptions priority(int value) {
        return new SendOptions(route, eta, expires, timeLimits, value, reply, publishRetry, headers);
    }

    SendOptions reply(Reply value) {
        return new SendOptions(route, eta, expires, timeLimits, priority, value, publishRetry, headers);
    }

    SendOptions publishRetry(PublishRetry value) {
        return new SendOptions(route, eta, expires, timeLimits, priority, reply, value, headers);
    }

    SendOptions header(String name, @Nullable Object value) {
        if (value != null && !isCarried(value)) {
            throw new IllegalArgumentException(
                    "header '%s' holds %s, which AMQP cannot carry; make it text, a finite number, a boolean, bytes, a list or a map"
                            .formatted(
                                    name,
                                    value instanceof Number
                                            ? value
                                            : "a " + value.getClass().getName()));
        }
        Map<String, @Nullable Object> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SendOptions(route, eta, expires, timeLimits, priority, reply, publishRetry, more);
    }

    private static boolean isCarried(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(SendOptions::isCarried);
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(String.class::isInstance)
                    && map.values().stream().allMatch(SendOptions::isCarried);
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        return value == null || CARRIED.stream().anyMatch(type -> type.isInstance(value));
    }
}
