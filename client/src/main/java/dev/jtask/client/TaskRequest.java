package dev.jtask.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task to send, with Celery's `apply_async` options.
///
/// @param resultType what [TaskHandle#get] converts the result to
/// @param queue null for the client's default queue
/// @param eta not to be run before; it waits in the broker
/// @param expires not to be run after; the task is then REVOKED
/// @param priority 0..255, higher is sooner; needs a queue with `maxPriority`
/// @param ignoreResult true when nobody will ask for the result
public record TaskRequest<T>(
        String task,
        Class<T> resultType,
        List<@Nullable Object> args,
        Map<String, @Nullable Object> kwargs,
        @Nullable String queue,
        @Nullable Instant eta,
        @Nullable Instant expires,
        int priority,
        boolean ignoreResult,
        Map<String, @Nullable Object> headers) {

    public TaskRequest {
        if (priority < 0 || priority > 255) {
            throw new IllegalArgumentException("priority must be 0 to 255, not " + priority);
        }
        args = Collections.unmodifiableList(args);
        kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(kwargs));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static TaskRequest<JsonNode> of(String task, @Nullable Object... args) {
        return new TaskRequest<>(
                task, JsonNode.class, Arrays.asList(args), Map.of(), null, null, null, 0, false, Map.of());
    }

    public <R> TaskRequest<R> returning(Class<R> type) {
        return new TaskRequest<>(task, type, args, kwargs, queue, eta, expires, priority, ignoreResult, headers);
    }

    public TaskRequest<T> kwarg(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(kwargs);
        more.put(name, value);
        return new TaskRequest<>(task, resultType, args, more, queue, eta, expires, priority, ignoreResult, headers);
    }

    public TaskRequest<T> queue(String name) {
        return new TaskRequest<>(task, resultType, args, kwargs, name, eta, expires, priority, ignoreResult, headers);
    }

    public TaskRequest<T> eta(Instant time) {
        return new TaskRequest<>(task, resultType, args, kwargs, queue, time, expires, priority, ignoreResult, headers);
    }

    public TaskRequest<T> countdown(Duration delay) {
        return eta(Instant.now().plus(delay));
    }

    public TaskRequest<T> expires(Instant time) {
        return new TaskRequest<>(task, resultType, args, kwargs, queue, eta, time, priority, ignoreResult, headers);
    }

    public TaskRequest<T> priority(int value) {
        return new TaskRequest<>(task, resultType, args, kwargs, queue, eta, expires, value, ignoreResult, headers);
    }

    /// Nobody will ask for the result: no reply is sent.
    public TaskRequest<T> ignoringResult() {
        return new TaskRequest<>(task, resultType, args, kwargs, queue, eta, expires, priority, true, headers);
    }

    public TaskRequest<T> header(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new TaskRequest<>(task, resultType, args, kwargs, queue, eta, expires, priority, ignoreResult, more);
    }
}
