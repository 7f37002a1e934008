package dev.jtask.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.Embed;
import dev.jtask.protocol.TaskMessage;
import dev.jtask.protocol.TimeLimits;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task to send, with Celery's `apply_async` options; in a work flow, one of its steps.
///
/// @param resultType what [TaskHandle#get] converts the result to
/// @param arguments whether the result of the step before comes first
/// @param queue null for the client's default queue
/// @param eta not to be run before; it waits in the broker
/// @param expires not to be run after; the task is then REVOKED
/// @param softTimeLimit the task is interrupted after this time; null for the worker's own setting
/// @param timeLimit the task is given up after this time; null for the worker's own setting
/// @param priority 0..255, higher is sooner; needs a queue with `maxPriority`
/// @param ignoreResult true when nobody will ask for the result
/// @param links sent after success, with the result as their first argument
/// @param errorLinks sent after a failure, with the failed task's id as their first argument
public record TaskRequest<T>(
        String task,
        Type resultType,
        List<@Nullable Object> args,
        Map<String, @Nullable Object> kwargs,
        Arguments arguments,
        @Nullable String queue,
        @Nullable Instant eta,
        @Nullable Instant expires,
        @Nullable Duration softTimeLimit,
        @Nullable Duration timeLimit,
        int priority,
        boolean ignoreResult,
        Map<String, @Nullable Object> headers,
        List<TaskRequest<?>> links,
        List<TaskRequest<?>> errorLinks)
        implements Step<T> {

    /// What a step of a work flow does with the result of the step before.
    public enum Arguments {
        /// Takes it as its first argument.
        PARTIAL,
        /// Does not look at it (Celery's `.si()`).
        COMPLETE
    }

    public TaskRequest {
        if (task.isBlank()) {
            throw new IllegalArgumentException("a task needs a name");
        }
        if (priority < 0 || priority > 255) {
            throw new IllegalArgumentException("priority must be 0 to 255, not " + priority);
        }
        args = Collections.unmodifiableList(new ArrayList<>(args));
        kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(kwargs));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        links = List.copyOf(links);
        errorLinks = List.copyOf(errorLinks);
    }

    public static TaskRequest<JsonNode> of(String task, @Nullable Object... args) {
        return new TaskRequest<>(
                task,
                JsonNode.class,
                Arrays.asList(args),
                Map.of(),
                Arguments.PARTIAL,
                null,
                null,
                null,
                null,
                null,
                0,
                false,
                Map.of(),
                List.of(),
                List.of());
    }

    public <R> TaskRequest<R> returning(Class<R> type) {
        return returning((Type) type);
    }

    /// For generic results: `returning(new TypeReference<List<Order>>() {})`.
    public <R> TaskRequest<R> returning(TypeReference<R> type) {
        return returning(type.getType());
    }

    <R> TaskRequest<R> returning(Type type) {
        return new Draft(this).build(type);
    }

    public TaskRequest<T> kwarg(String name, @Nullable Object value) {
        var draft = new Draft(this);
        draft.kwargs.put(name, value);
        return draft.build(resultType);
    }

    /// In a work flow: takes no result of the step before, only its own arguments.
    public TaskRequest<T> complete() {
        var draft = new Draft(this);
        draft.arguments = Arguments.COMPLETE;
        return draft.build(resultType);
    }

    public TaskRequest<T> queue(String name) {
        var draft = new Draft(this);
        draft.queue = name;
        return draft.build(resultType);
    }

    public TaskRequest<T> eta(Instant time) {
        var draft = new Draft(this);
        draft.eta = time;
        return draft.build(resultType);
    }

    public TaskRequest<T> countdown(Duration delay) {
        return eta(Instant.now().plus(delay));
    }

    public TaskRequest<T> expires(Instant time) {
        var draft = new Draft(this);
        draft.expires = time;
        return draft.build(resultType);
    }

    /// Soft and hard limit of the task's running time; each may be null for the worker's own setting.
    public TaskRequest<T> timeLimits(@Nullable Duration soft, @Nullable Duration hard) {
        var draft = new Draft(this);
        draft.softTimeLimit = soft;
        draft.timeLimit = hard;
        return draft.build(resultType);
    }

    public TaskRequest<T> priority(int value) {
        var draft = new Draft(this);
        draft.priority = value;
        return draft.build(resultType);
    }

    /// Nobody will ask for the result: no reply is sent.
    public TaskRequest<T> ignoringResult() {
        var draft = new Draft(this);
        draft.ignoreResult = true;
        return draft.build(resultType);
    }

    public TaskRequest<T> header(String name, @Nullable Object value) {
        var draft = new Draft(this);
        draft.headers.put(name, value);
        return draft.build(resultType);
    }

    /// Adds a task that is sent after success, with the result as its first argument.
    public TaskRequest<T> link(TaskRequest<?> next) {
        var draft = new Draft(this);
        draft.links.add(next);
        return draft.build(resultType);
    }

    /// Adds a task that is sent after a failure, with the failed task's id as its first argument.
    public TaskRequest<T> errorLink(TaskRequest<?> next) {
        var draft = new Draft(this);
        draft.errorLinks.add(next);
        return draft.build(resultType);
    }

    /// The message of this task; who sends it adds where it comes from and where its result goes.
    public TaskMessage.Builder message(String id) {
        return TaskMessage.builder(id, task)
                .args(Signatures.args(this))
                .kwargs(Signatures.object(kwargs))
                .embed(
                        links.isEmpty() && errorLinks.isEmpty()
                                ? Embed.NONE
                                : new Embed(
                                        Signatures.all(links),
                                        Signatures.all(errorLinks),
                                        NullNode.instance,
                                        NullNode.instance))
                .eta(eta)
                .expires(expires)
                .timeLimits(new TimeLimits(Signatures.seconds(timeLimit), Signatures.seconds(softTimeLimit)))
                .priority(priority)
                .ignoreResult(ignoreResult)
                .customHeaders(headers);
    }

    /// A copy that one thing is changed in.
    private static final class Draft {

        private final String task;
        private final List<@Nullable Object> args;
        private final Map<String, @Nullable Object> kwargs;
        private final Map<String, @Nullable Object> headers;
        private final List<TaskRequest<?>> links;
        private final List<TaskRequest<?>> errorLinks;
        private Arguments arguments;
        private @Nullable String queue;
        private @Nullable Instant eta;
        private @Nullable Instant expires;
        private @Nullable Duration softTimeLimit;
        private @Nullable Duration timeLimit;
        private int priority;
        private boolean ignoreResult;

        Draft(TaskRequest<?> from) {
            task = from.task;
            args = from.args;
            kwargs = new LinkedHashMap<>(from.kwargs);
            headers = new LinkedHashMap<>(from.headers);
            links = new ArrayList<>(from.links);
            errorLinks = new ArrayList<>(from.errorLinks);
            arguments = from.arguments;
            queue = from.queue;
            eta = from.eta;
            expires = from.expires;
            softTimeLimit = from.softTimeLimit;
            timeLimit = from.timeLimit;
            priority = from.priority;
            ignoreResult = from.ignoreResult;
        }

        <R> TaskRequest<R> build(Type resultType) {
            return new TaskRequest<>(
                    task,
                    resultType,
                    args,
                    kwargs,
                    arguments,
                    queue,
                    eta,
                    expires,
                    softTimeLimit,
                    timeLimit,
                    priority,
                    ignoreResult,
                    headers,
                    links,
                    errorLinks);
        }
    }
}
