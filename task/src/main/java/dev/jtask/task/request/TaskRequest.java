package dev.jtask.task.request;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.message.CompressionMethod;
import dev.jtask.protocol.message.Embed;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.protocol.text.Beginning;
import dev.jtask.protocol.topology.IdempotencyKey;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task to send: name, arguments and options; in a work flow, one of its steps. Each method returns a changed copy.
///
/// @param resultType what [dev.jtask.client.result.TaskHandle#get] converts the result to; it describes `T`
/// @param arguments whether the result of the step before comes first
/// @param links sent after success, with the result as their first argument
/// @param errorLinks sent after a failure, with the failed task's id as their first argument
public record TaskRequest<T>(
        String task,
        Type resultType,
        List<@Nullable Object> args,
        Map<String, @Nullable Object> kwargs,
        Arguments arguments,
        SendOptions options,
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
        requireNonNull(task, "a task needs a name");
        if (task.isBlank()) {
            throw new IllegalArgumentException("a task needs a name");
        }
        if (task.getBytes(StandardCharsets.UTF_8).length > Limits.SHORT_BYTES) {
            throw new IllegalArgumentException("a task's name has %d bytes at most, unlike '%s'"
                    .formatted(Limits.SHORT_BYTES, Beginning.of(task, 40)));
        }
        args = Collections.unmodifiableList(new ArrayList<>(args));
        kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(kwargs));
        links = List.copyOf(links);
        errorLinks = List.copyOf(errorLinks);
    }

    /// A task with positional arguments: null, or whatever Jackson and Celery's JSON can write.
    ///
    /// @throws IllegalArgumentException when the name is blank or longer than 255 bytes
    public static TaskRequest<JsonNode> of(String task, @Nullable Object @Nullable ... args) {
        return new TaskRequest<>(
                task,
                JsonNode.class,
                // `of("t.any", null)` is Java for no array, and means one argument
                args == null ? Collections.singletonList(null) : Arrays.asList(args),
                Map.of(),
                Arguments.PARTIAL,
                SendOptions.DEFAULT,
                List.of(),
                List.of());
    }

    /// What the result is converted to; JSON as it came without.
    public <R> TaskRequest<R> returning(Class<R> type) {
        return returning((Type) type);
    }

    /// For generic results: `returning(new TypeReference<List<Order>>() {})`.
    public <R> TaskRequest<R> returning(TypeReference<R> type) {
        return returning(type.getType());
    }

    /// What the result is converted to, for types that are known when the program runs.
    public <R> TaskRequest<R> returning(Type type) {
        return new TaskRequest<>(task, type, args, kwargs, arguments, options, links, errorLinks);
    }

    /// Adds a keyword argument, or replaces the one of that name.
    public TaskRequest<T> kwarg(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(kwargs);
        more.put(name, value);
        return new TaskRequest<>(task, resultType, args, more, arguments, options, links, errorLinks);
    }

    /// In a work flow: takes no result of the step before, only its own arguments.
    public TaskRequest<T> complete() {
        return new TaskRequest<>(task, resultType, args, kwargs, Arguments.COMPLETE, options, links, errorLinks);
    }

    /// The queue to send to, declared when it is missing.
    public TaskRequest<T> queue(String name) {
        return to(Route.toQueue(name));
    }

    /// Publishes to an exchange, which must exist and route the key to a queue.
    public TaskRequest<T> route(String exchange, String routingKey) {
        return to(new Route(exchange, routingKey));
    }

    TaskRequest<T> to(Route route) {
        return with(options.route(route));
    }

    /// Not to be run before.
    ///
    /// @throws IllegalArgumentException unless it is of the years 1 to 9999
    public TaskRequest<T> eta(Instant time) {
        return with(options.eta(new Moment.At(time)));
    }

    /// Not to be run earlier than so long after it is sent; as a step of a work flow, after the step before.
    ///
    /// @throws IllegalArgumentException when it is negative or above a hundred years
    public TaskRequest<T> countdown(Duration delay) {
        return with(options.eta(new Moment.After(delay)));
    }

    /// Not to be run after; the task is then REVOKED.
    ///
    /// @throws IllegalArgumentException unless it is of the years 1 to 9999
    public TaskRequest<T> expires(Instant time) {
        return with(options.expires(new Moment.At(time)));
    }

    /// Not to be run later than so long after it is sent.
    ///
    /// @throws IllegalArgumentException when it is negative or above a hundred years
    public TaskRequest<T> expires(Duration afterSending) {
        return with(options.expires(new Moment.After(afterSending)));
    }

    /// Soft and hard limit of the task's running time; each may be null or zero for the worker's own setting.
    ///
    /// @throws IllegalArgumentException when one is negative or above a hundred years
    public TaskRequest<T> timeLimits(@Nullable Duration soft, @Nullable Duration hard) {
        return with(options.timeLimits(new TimeLimits(Signatures.seconds(hard), Signatures.seconds(soft))));
    }

    /// How soon its message is delivered, among those that wait.
    ///
    /// @param value 0..255, higher is sooner; needs a queue with `maxPriority`
    /// @throws IllegalArgumentException unless it is 0 to 255
    public TaskRequest<T> priority(int value) {
        return with(options.priority(value));
    }

    /// Nobody will ask for the result: the worker neither stores nor sends it.
    public TaskRequest<T> ignoringResult() {
        return with(options.reply(Reply.IGNORED));
    }

    /// The result stays where the worker stores it and is not sent back.
    public TaskRequest<T> withoutReply() {
        return with(options.reply(Reply.OFF));
    }

    /// What the task emits while it runs comes here, to [dev.jtask.client.result.TaskHandle#pieces]. For a Java
    /// worker: one that does not know of it emits nothing.
    public TaskRequest<T> withPieces() {
        return header(JtaskHeaders.PIECES, true);
    }

    /// What to do when the connection is lost before the broker has confirmed the message.
    public TaskRequest<T> publishRetry(PublishRetry policy) {
        return with(options.publishRetry(policy));
    }

    /// Compresses the message's body. Other methods than zlib need a library here and at the worker.
    public TaskRequest<T> compression(CompressionMethod method) {
        return header("compression", method.contentType());
    }

    /// A header of the message, which the task reads with `context.headers()`, also as a step of a work flow.
    ///
    /// @param name none of Celery's own, such as `lang`, `id` or `eta`
    /// @param value a text, a boolean, a whole or finite number, a `BigDecimal` of 31 bits, bytes, a `Date` to
    /// the second, or a list or map of these; `CC` and `BCC` are lists of routing keys
    /// @throws IllegalArgumentException when the name is taken, or the value cannot travel
    public TaskRequest<T> header(String name, @Nullable Object value) {
        return with(options.header(name, value));
    }

    /// Runs once: of all messages of this task with this key, sent until the window after a success is over, the others
    /// get that one's result. The worker needs `JTASK_RESULT_BACKEND=redis://…`; one without fails the task.
    ///
    /// @param key 1 to 250 characters, such as an order's number
    /// @param window a second to a hundred years
    /// @throws IllegalArgumentException when key or window is out of range
    public TaskRequest<T> idempotencyKey(String key, Duration window) {
        var once = new IdempotencyKey(key, window);
        return header(JtaskHeaders.IDEMPOTENCY_KEY, once.key())
                .header(JtaskHeaders.IDEMPOTENCY_WINDOW, once.window().toSeconds());
    }

    /// Adds a task that is sent after success, with the result as its first argument.
    public TaskRequest<T> link(TaskRequest<?> next) {
        return new TaskRequest<>(task, resultType, args, kwargs, arguments, options, plus(links, next), errorLinks);
    }

    /// Adds a task that is sent after a failure, with the failed task's id as its first argument.
    public TaskRequest<T> errorLink(TaskRequest<?> next) {
        return new TaskRequest<>(task, resultType, args, kwargs, arguments, options, links, plus(errorLinks, next));
    }

    /// The message of this task; who sends it adds where it comes from and where its result goes, and who waits
    /// for that, that it is wanted: without a word the task's own option decides.
    public TaskMessage.Builder message(String id) {
        return message(id, Instant.now());
    }

    /// As [#message(String)], where time is counted by another clock.
    ///
    /// @param now when it is sent
    public TaskMessage.Builder message(String id, Instant now) {
        return TaskMessage.builder(id, task)
                .args(Signatures.args(this))
                .kwargs(Signatures.kwargs(this))
                .embed(
                        links.isEmpty() && errorLinks.isEmpty()
                                ? Embed.NONE
                                : new Embed(
                                        Signatures.all(links),
                                        Signatures.all(errorLinks),
                                        NullNode.instance,
                                        NullNode.instance))
                .eta(from(options.eta(), now))
                .expires(from(options.expires(), now))
                .timeLimits(options.timeLimits())
                .priority(options.priority())
                .ignoreResult(options.reply() == Reply.IGNORED ? true : null)
                .customHeaders(options.headers());
    }

    private static @Nullable Instant from(@Nullable Moment moment, Instant now) {
        return moment == null ? null : moment.from(now);
    }

    private TaskRequest<T> with(SendOptions changed) {
        return new TaskRequest<>(task, resultType, args, kwargs, arguments, changed, links, errorLinks);
    }

    private static List<TaskRequest<?>> plus(List<TaskRequest<?>> links, TaskRequest<?> next) {
        var more = new ArrayList<>(links);
        more.add(next);
        return more;
    }
}
