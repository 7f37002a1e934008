package dev.jtask.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a running task may ask about itself and do: take it as a parameter of the task method, or use [#current()].
public final class TaskContext {

    /// What connects a running task with its worker.
    public interface Links {

        /// Whether the task is asked to stop.
        boolean isCancelled();

        /// Tells the sender a state on the way.
        void report(String state, @Nullable Object meta);

        /// Gives the sender a piece, and returns once that is where its reader finds it.
        void emit(@Nullable Object piece);

        /// Sends a task and returns its id once the broker has it, or a transaction is to decide.
        String send(TaskRequest<?> request);
    }

    /// What others tell a running task.
    @FunctionalInterface
    public interface Signals {

        /// Where nobody could tell it anything.
        Signals NONE = (signal, atMost) -> {
            throw new UnsupportedOperationException(
                    "signal '%s' cannot come: this context belongs to no worker".formatted(signal));
        };

        /// The value of a signal.
        ///
        /// @throws SignalAwaitedError which ends the run, when it is not there yet
        /// @throws SignalTimeoutException when the time is over
        JsonNode await(String signal, Duration atMost);
    }

    /// What runs within a context.
    ///
    /// @param <R> what it returns
    /// @param <X> what it throws
    @FunctionalInterface
    public interface Work<R, X extends Throwable> {

        @Nullable
        R run() throws X;
    }

    private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();
    private static final String PROGRESS = "PROGRESS";

    private final TaskMessage message;
    private final String queue;
    private final Redelivery redelivery;
    private final @Nullable Instant deadline;
    private final Links links;
    private final Signals signals;

    /// Whether a message comes for the first time.
    public enum Redelivery {
        /// For the first time.
        FIRST,
        /// A worker had it before and did not finish it.
        AGAIN
    }

    /// For the execution pipeline and for tests of task methods.
    ///
    /// @param deadline of the task's time limit; null without one
    public TaskContext(
            TaskMessage message, String queue, Redelivery redelivery, @Nullable Instant deadline, Links links) {
        this(message, queue, redelivery, deadline, links, Signals.NONE);
    }

    /// One that signals reach.
    ///
    /// @param deadline of the task's time limit; null without one
    public TaskContext(
            TaskMessage message,
            String queue,
            Redelivery redelivery,
            @Nullable Instant deadline,
            Links links,
            Signals signals) {
        this.message = message;
        this.queue = queue;
        this.redelivery = redelivery;
        this.deadline = deadline;
        this.links = links;
        this.signals = signals;
    }

    /// The context of the task that runs on this thread.
    ///
    /// @throws IllegalStateException outside a task
    public static TaskContext current() {
        var current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException("no task runs on this thread; pass the TaskContext to threads of your own");
        }
        return current;
    }

    /// Binds a context while `work` runs; afterwards the thread has the one that it had before.
    public static <R, X extends Throwable> @Nullable R within(TaskContext context, Work<R, X> work) throws X {
        var before = CURRENT.get();
        CURRENT.set(context);
        try {
            return work.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /// The id of the task's message, the same for all its retries.
    public String id() {
        return message.id();
    }

    /// The name under which it was sent.
    public String task() {
        return message.task();
    }

    /// The task with which the work flow began; null when the sender does not say.
    public @Nullable String rootId() {
        return message.rootId();
    }

    /// The task that sent this one; null when none did.
    public @Nullable String parentId() {
        return message.parentId();
    }

    /// The group that this task is part of; null when it is in none.
    public @Nullable String groupId() {
        return message.group();
    }

    /// The queue that the message came from.
    public String queue() {
        return queue;
    }

    /// From 1: the first run is attempt 1, its first retry attempt 2.
    public int attempt() {
        return message.retries() + 1;
    }

    /// Whether the broker delivered this message before, to a worker that did not finish it.
    public boolean redelivered() {
        return redelivery == Redelivery.AGAIN;
    }

    /// The headers that the sender added.
    public Map<String, @Nullable Object> headers() {
        return message.customHeaders();
    }

    /// When the task's time is over: its soft time limit, else its hard one.
    public Optional<Instant> deadline() {
        return Optional.ofNullable(deadline);
    }

    /// Whether the task is asked to stop, by a time limit, a revocation or the worker's end. Its thread is interrupted
    /// as well.
    public boolean isCancelled() {
        return links.isCancelled();
    }

    /// Tells the sender how far it is: the state PROGRESS with this value.
    public void progress(@Nullable Object meta) {
        links.report(PROGRESS, meta);
    }

    /// Tells the sender a state of the task's own, such as `UPLOADING`.
    public void progress(String state, @Nullable Object meta) {
        links.report(state, meta);
    }

    /// Gives out a piece of what the task makes, for a sender that has asked for them
    /// ([dev.jtask.task.request.TaskRequest#withPieces]) and reads them in their order while the task runs.
    /// Returns once the broker or the result store has it, which may take as long as these are slow; so call it
    /// on a thread of the task's own. A run that is retried or comes to another worker begins anew, and so does
    /// its reader. Without a reader the piece is only looked at, so that the task does the same for everybody.
    ///
    /// @throws IllegalArgumentException when the piece cannot be written as JSON, or is larger than the broker
    /// or the store takes; the task may go on without it
    /// @throws IllegalStateException when the thread is interrupted meanwhile, as by a time limit, a revocation
    /// or the worker's end, which keeps its flag
    public void emit(@Nullable Object piece) {
        links.emit(piece);
    }

    /// Sends another task as a child of this one and returns its id once the broker has it, or at once where it goes
    /// out with the commit of a transaction. A request without a queue goes where the worker's routes say, else
    /// where the task's own `@Task(queue)` says, else to the queue that this task came from.
    public String send(TaskRequest<?> request) {
        return links.send(request);
    }

    /// Sends another task as a child of this one.
    public String send(String task, @Nullable Object... args) {
        return links.send(TaskRequest.of(task, args));
    }

    /// The value of a signal that somebody gives this task by its id. While it is not there the task waits without
    /// a slot: this run ends here, by a [SignalAwaitedError] that has to pass, and the task runs again from its
    /// beginning when the signal comes or the time is over. What it did before this call it does again then, so let
    /// that be what may happen twice. It is the same attempt; each attempt has the whole time, and the signals that
    /// came before.
    ///
    /// @param signal its name, 1 to 100 characters; of one task each has its own
    /// @param atMost from the first run of this attempt that asks for it; above zero, at most a hundred years
    /// @throws SignalTimeoutException when the time is over, and in each later run of this attempt
    /// @throws IllegalArgumentException when the value is no such type, the name no name or the time out of range
    /// @throws IllegalStateException when the worker's user may not use the queues of signals
    public <T> T awaitSignal(String signal, Class<T> type, Duration atMost) {
        if (atMost.isNegative() || atMost.isZero() || atMost.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "signal '%s' is waited for above zero and a hundred years at most, not %s"
                            .formatted(signal, atMost));
        }
        var value = signals.await(signal, atMost);
        try {
            return Objects.requireNonNull(TypedJson.mapper().treeToValue(value, type), "null");
        } catch (JsonProcessingException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "signal '%s' has a value that is no %s: %s".formatted(signal, type.getName(), e.getMessage()), e);
        }
    }

    /// Ends this run and tries again after the delay, as long as `maxRetries` allows; then the cause is the failure.
    public RetryException retry(Duration delay, Throwable cause) {
        return new RetryException(delay, null, cause);
    }

    /// Tries again after the delay; when no retry is left the failure is `MaxRetriesExceededError`.
    public RetryException retry(Duration delay) {
        return new RetryException(delay, null, null);
    }

    /// Tries again after the delay that the task's options say.
    public RetryException retry(Throwable cause) {
        return new RetryException(null, null, cause);
    }

    /// Ends this run; the message goes to the dead letters with the reason.
    public RejectException reject(String reason) {
        return new RejectException(reason, RejectException.Then.DEAD_LETTER);
    }

    /// Ends this run; the message goes back to the queue.
    public RejectException requeue(String reason) {
        return new RejectException(reason, RejectException.Then.REQUEUE);
    }

    /// Ends this run; nobody is told a result.
    public IgnoreException ignore() {
        return new IgnoreException();
    }
}
