package dev.jtask.client.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.broker.Continuations;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.lang.ref.Reference;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A task that was sent: its id, its state and, once there, its result. Safe for any thread.
///
/// @param <T> what the result is converted to
public final class TaskHandle<T> {

    /// How to reach the workers that have the task.
    public interface Control {
        void revoke(String... tasks);

        void terminate(String... tasks);
    }

    /// States whose value is no progress.
    private static final Set<String> OTHER_STATES =
            Set.of(TaskState.PENDING, TaskState.STARTED, TaskState.WAITING, TaskState.RETRY);

    private final String id;
    private final String queue;
    private final Type type;
    private final Control control;
    private final CompletableFuture<ResultMessage> outcome;
    private final AtomicReference<@Nullable ResultMessage> latest = new AtomicReference<>();
    private volatile Runnable chained = () -> {};
    /// In whose transaction it waits to be sent; null where it does not.
    private volatile @Nullable Thread deferredBy;
    private final List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();
    private final Supplier<PieceReader> readers;
    private volatile @Nullable PieceReader reader;
    private CompletableFuture<?> telling = CompletableFuture.completedFuture(null);
    /// Whether its task was sent without a reply.
    private volatile boolean unanswered;

    /// @param readers makes the one that gives out its pieces, once anybody asks for them or one has come
    TaskHandle(
            String id,
            String queue,
            Type type,
            Control control,
            CompletableFuture<ResultMessage> outcome,
            Supplier<PieceReader> readers) {
        this.readers = readers;
        this.id = id;
        this.queue = queue;
        this.type = type;
        this.control = control;
        this.outcome = outcome;
    }

    /// The id of the task's message, the same for all its retries.
    public String id() {
        return id;
    }

    /// The last state that a worker reported: one of [TaskState]'s names or the task's own; PENDING before any report.
    public String status() {
        var seen = latest.get();
        return seen == null ? TaskState.PENDING : seen.status();
    }

    /// Whether it has ended, well or not, or was given up, as [#get] says then. Nobody here hears whether a task
    /// has ended that was sent without a reply: it is not ready, and [#get] throws at once.
    public boolean isReady() {
        return outcome.isDone() && !unanswered;
    }

    /// Waits for the end of the task, success or not.
    ///
    /// @throws IllegalStateException within the transaction whose commit sends the task
    /// @return false when the time is over first
    public boolean await(Duration timeout) {
        try {
            return end(timeout) != null;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /// Waits for the result.
    ///
    /// @throws TaskFailedException when the task failed or was revoked
    /// @throws TaskTimeoutException when the time is over first; the handle stays good
    /// @throws IllegalStateException within the transaction whose commit sends the task
    public T get(Duration timeout) {
        try {
            return value(end(timeout));
        } catch (TimeoutException e) {
            throw late(timeout);
        }
    }

    /// The result as a future; it fails with [TaskFailedException]. It may be had again and again, and to cancel it
    /// ends neither the task nor this handle: [#revoke] does. What is chained to it runs on a thread of its own,
    /// virtual where there are such, and may block. It cannot complete within the transaction whose commit
    /// sends the task.
    public CompletableFuture<T> onComplete() {
        keep();
        return outcome.thenApplyAsync(this::value, Continuations.OWN_THREAD);
    }

    /// What the task last told by `context.progress(…)`, while it runs; empty before and after.
    ///
    /// @throws IllegalArgumentException when it is no `P`
    public <P> Optional<P> progress(Class<P> type) {
        return told().map(value -> read("progress", value, type));
    }

    /// Calls the listener with each progress that is told from now on, and with the present one; in their order, on a
    /// thread of its own, virtual where there are such. One that throws hears the next all the same.
    public TaskHandle<T> onProgress(Consumer<JsonNode> listener) {
        keep();
        listeners.add(listener);
        told().ifPresent(value -> tell(listener, value));
        return this;
    }

    /// What the task gives out by `context.emit(…)`, in its order and while it runs, for a task that was sent
    /// [dev.jtask.task.request.TaskRequest#withPieces] or whose results are kept. The stream waits for each
    /// piece, and ends with the task; each is given once, and a second stream goes on after the last one given.
    /// A run that is retried, or has come to another worker, begins anew with number 1, see [Piece#isFirst]. It
    /// throws, while it is read:
    ///
    /// - [TaskFailedException] when the task failed or was revoked, after all that it has emitted
    /// - [TaskTimeoutException] when no piece and no end comes in time; another stream may go on
    /// - [PiecesLostException] when pieces are missing, and instead of their end when the last ones are
    /// - [IllegalArgumentException] when one is no `P`
    /// - [IllegalStateException] at the end of a task that was sent without pieces, or that runs in Python
    ///
    /// @param timeout for each piece
    public <P> Stream<Piece<P>> pieces(Class<P> type, Duration timeout) {
        var each =
                new Spliterators.AbstractSpliterator<Piece<P>>(
                        Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                    @Override
                    public boolean tryAdvance(Consumer<? super Piece<P>> reader) {
                        var next = nextPiece(timeout);
                        if (next == null) {
                            return false;
                        }
                        P value = read("piece", next.value(), type);
                        reader.accept(
                                new Piece<>(next.mark().attempt(), next.mark().number(), value));
                        return true;
                    }
                };
        return StreamSupport.stream(each, false);
    }

    /// The task will not be started; if it runs, it goes on. Reaches the workers that are online now; the one that
    /// finds the task then ends it in REVOKED.
    public void revoke() {
        control.revoke(id);
    }

    /// As [#revoke], and a task that runs is interrupted.
    public void terminate() {
        control.terminate(id);
    }

    /// The ids of the tasks that this task sent, as far as its worker has reported them.
    public List<String> children() {
        var seen = latest.get();
        if (seen == null) {
            return List.of();
        }
        // a result tuple: [[id, parent], [children of a group]]
        return StreamSupport.stream(seen.children().spliterator(), false)
                .map(tuple -> tuple.path(0).path(0).asText(""))
                .filter(child -> !child.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return "task %s on queue '%s', %s".formatted(id, queue, status());
    }

    CompletableFuture<ResultMessage> outcome() {
        return outcome;
    }

    /// Something is chained to the end, which then must come.
    void keep() {
        chained.run();
    }

    TaskTimeoutException late(Duration timeout) {
        return new TaskTimeoutException(id, queue, status(), timeout);
    }

    /// What to do when something is chained to the end.
    void onChained(Runnable action) {
        chained = action;
    }

    /// It is sent when a transaction of this thread commits, which must not wait for it before.
    void defer() {
        deferredBy = Thread.currentThread();
    }

    /// That transaction has ended.
    void depart() {
        deferredBy = null;
    }

    void report(ResultMessage message) {
        if (outcome.isDone()) {
            return;
        }
        if (message.status().equals(EmittedPiece.STATE)) {
            reader().told(message);
            return;
        }
        latest.accumulateAndGet(message, TaskHandle::later);
        told().ifPresent(value -> listeners.forEach(listener -> tell(listener, value)));
        if (TaskState.isReady(message.status())) {
            outcome.complete(message);
            over();
        }
    }

    /// An older state may be read after the end was told, or on another thread as it is told.
    private static @Nullable ResultMessage later(@Nullable ResultMessage before, @Nullable ResultMessage next) {
        return before != null && TaskState.isReady(before.status()) ? before : next;
    }

    /// Its task was sent without a reply.
    void expectNothing() {
        unanswered = true;
        abandon(new IllegalStateException(
                "task %s was sent without a reply, so its result does not come here".formatted(id)));
    }

    void abandon(RuntimeException cause) {
        outcome.completeExceptionally(cause);
        over();
    }

    /// After the end is there: one who reads sees it then, or is told.
    private void over() {
        var present = reader;
        if (present != null) {
            present.over();
        }
    }

    private synchronized PieceReader reader() {
        var present = reader;
        if (present == null) {
            present = readers.get();
            reader = present;
        }
        return present;
    }

    /// Null at the end.
    private @Nullable EmittedPiece nextPiece(Duration timeout) {
        mayWait();
        try {
            return reader().next(timeout, outcome);
        } catch (TimeoutException e) {
            throw late(timeout);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private ResultMessage end(Duration timeout) throws TimeoutException {
        return await(outcome, timeout);
    }

    /// @param end its own, or that of all that it was sent with
    ResultMessage await(CompletableFuture<ResultMessage> end, Duration timeout) throws TimeoutException {
        mayWait();
        try {
            return end.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            // whoever waits holds this handle, also where the compiler sees that it is not needed any more
            Reference.reachabilityFence(this);
        }
    }

    private void mayWait() {
        if (Thread.currentThread().equals(deferredBy) && !outcome.isDone()) {
            throw new IllegalStateException(
                    "task %s goes out after the commit of the transaction on this thread; wait for it after that"
                            .formatted(id));
        }
    }

    private IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for task " + id, e);
    }

    private static RuntimeException cause(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    private T value(ResultMessage message) {
        if (!message.status().equals(TaskState.SUCCESS)) {
            throw new TaskFailedException(message);
        }
        return read("result", message.result(), type);
    }

    private Optional<JsonNode> told() {
        var seen = latest.get();
        return seen == null || OTHER_STATES.contains(seen.status()) || TaskState.isReady(seen.status())
                ? Optional.empty()
                : Optional.of(seen.result());
    }

    private synchronized void tell(Consumer<JsonNode> listener, JsonNode value) {
        telling = telling.handleAsync(
                (done, failed) -> {
                    listener.accept(value);
                    return done;
                },
                Continuations.OWN_THREAD);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the type says it
    private <V> V read(String what, JsonNode value, Type as) {
        try {
            var json = TypedJson.mapper();
            return json.treeToValue(value, json.constructType(as));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the %s of task %s is no %s: %s".formatted(what, id, as.getTypeName(), e.getOriginalMessage()), e);
        }
    }
}
