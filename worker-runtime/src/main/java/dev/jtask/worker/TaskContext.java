package dev.jtask.worker;

import dev.jtask.protocol.TaskMessage;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a running task may ask about itself: take it as a parameter of the task method, or use [#current()].
public final class TaskContext {

    private static final ScopedValue<TaskContext> CURRENT = ScopedValue.newInstance();

    private final TaskMessage message;
    private final String queue;
    private final boolean redelivered;

    TaskContext(TaskMessage message, String queue, boolean redelivered) {
        this.message = message;
        this.queue = queue;
        this.redelivered = redelivered;
    }

    /// For the execution pipeline only.
    public static TaskContext of(TaskMessage message, String queue, boolean redelivered) {
        return new TaskContext(message, queue, redelivered);
    }

    /// The context of the task that runs on this thread.
    ///
    /// @throws IllegalStateException outside a task
    public static TaskContext current() {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("no task runs on this thread; pass the TaskContext to threads of your own");
        }
        return CURRENT.get();
    }

    /// Binds a context while `work` runs.
    public static <R, X extends Throwable> R within(TaskContext context, ScopedValue.CallableOp<R, X> work) throws X {
        return ScopedValue.where(CURRENT, context).call(work);
    }

    public String id() {
        return message.id();
    }

    public @Nullable String rootId() {
        return message.rootId();
    }

    public @Nullable String parentId() {
        return message.parentId();
    }

    public String queue() {
        return queue;
    }

    /// From 1: the first run is attempt 1, its first retry attempt 2.
    public int attempt() {
        return message.retries() + 1;
    }

    /// Whether the broker delivered this message before, to a worker that did not finish it.
    public boolean redelivered() {
        return redelivered;
    }

    /// The headers that the sender added.
    public Map<String, @Nullable Object> headers() {
        return message.customHeaders();
    }

    /// Ends this run and tries again after the delay, as long as `maxRetries` allows; then the cause is the failure.
    public RetryException retry(Duration delay, Throwable cause) {
        return new RetryException(delay, cause);
    }
}
