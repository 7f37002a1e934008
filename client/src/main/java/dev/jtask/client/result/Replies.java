package dev.jtask.client.result;

import com.rabbitmq.client.Connection;
import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.ResultStore;
import dev.jtask.backend.StoredPieces;
import dev.jtask.broker.Continuations;
import dev.jtask.protocol.Internal;
import dev.jtask.seal.Seal;
import dev.jtask.seal.ValueSeal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Makes the handles of what a client sends, and lets results come to them. Safe for any thread.
public final class Replies implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// In place of a queue that only the sender knows.
    private static final String ELSEWHERE = "of its sender";

    private final Waiting waiting;
    private final ReplySource source;
    private final @Nullable ChordCounter chords;
    private final BiFunction<String, String, PieceSource> pieces;
    private final Handling handling;

    /// @param pieces those of a task, behind a position
    Replies(
            Waiting waiting,
            ReplySource source,
            @Nullable ChordCounter chords,
            BiFunction<String, String, PieceSource> pieces,
            Handling handling) {
        this.pieces = pieces;
        this.waiting = waiting;
        this.source = source;
        this.chords = chords;
        this.handling = handling;
    }

    /// Results over the connection itself, `rpc://`.
    ///
    /// @param control how the handles reach the workers
    /// @param seal by which results are read
    public static Replies on(Connection connection, TaskHandle.Control control, Seal seal) throws IOException {
        return in(new AmqpInbox(connection), Handling.usual(control), seal);
    }

    /// Results over an inbox, as `rpc://`, that nobody hides.
    @Internal
    public static Replies in(Inbox inbox, Handling handling) throws IOException {
        return in(inbox, handling, Seal.NONE);
    }

    private static Replies in(Inbox inbox, Handling handling, Seal seal) throws IOException {
        var waiting = new Waiting(handling.clock());
        return new Replies(
                waiting, ReplyQueue.in(inbox, waiting, seal), null, (id, begin) -> new ArrivedPieces(), handling);
    }

    /// Results that are kept on a server; closes the store at its end, and at once where this fails.
    ///
    /// @param control how the handles reach the workers
    /// @param seal by which results are read
    /// @throws IOException naming the server when it does not answer
    public static Replies from(ResultStore store, TaskHandle.Control control, ValueSeal seal) throws IOException {
        return from(store, Handling.usual(control), seal);
    }

    /// As [#from(ResultStore, TaskHandle.Control, ValueSeal)], of results that nobody hides.
    @Internal
    public static Replies from(ResultStore store, Handling handling) throws IOException {
        return from(store, handling, ValueSeal.NONE);
    }

    private static Replies from(ResultStore store, Handling handling, ValueSeal seal) throws IOException {
        try {
            answering(store, PATIENCE);
        } catch (IOException e) {
            store.close();
            throw e;
        }
        var waiting = new Waiting(handling.clock());
        return new Replies(
                waiting,
                new StoreReplies(store, waiting, seal),
                store.chords(),
                (id, begin) -> new KeptPieces(store.pieces(), seal, id, begin),
                handling);
    }

    /// The address that goes with each task.
    public String address() {
        return source.address();
    }

    /// The handle of a task that is about to be sent.
    ///
    /// @param eta before which it does not begin; null without
    public <T> TaskHandle<T> expect(String id, String queue, Type type, @Nullable Instant eta) {
        return expect(id, queue, type, eta, ReplySource.Past.NONE);
    }

    /// As [#expect(String, String, Type, Instant)] of a task whose id its sender has chosen, perhaps once more:
    /// how an earlier one failed is not told of it, nor what that one has emitted. Waits for the results' server,
    /// if there is one.
    public <T> TaskHandle<T> expectAnew(String id, String queue, Type type, @Nullable Instant eta, Duration patience) {
        return expect(id, queue, type, eta, source.past(id, patience));
    }

    private <T> TaskHandle<T> expect(String id, String queue, Type type, @Nullable Instant eta, ReplySource.Past past) {
        TaskHandle<T> handle = handle(id, queue, type, past.pieces());
        waiting.add(handle, eta).forEach(source::leave);
        // by its id: whoever drops the handle need not wait for the server
        var ignored = source.watch(id, past.isEnd()).whenComplete((watched, failure) -> {
            if (failure != null) {
                waiting.abandon(id, "its result cannot be watched", Continuations.cause(failure));
            }
        });
        return handle;
    }

    /// The handle of a task that anybody may have sent, with its state as it is now.
    ///
    /// @throws UnsupportedOperationException when results go to their senders only
    /// @throws IllegalStateException when the state cannot be read, which is not that of a task that nobody knows
    public <T> TaskHandle<T> find(String id, Type type, Duration patience) {
        TaskHandle<T> handle = handle(id, ELSEWHERE, type);
        waiting.add(handle, null).forEach(source::leave);
        try {
            read(id, patience);
        } catch (RuntimeException e) {
            abandon(handle, e);
            throw e;
        }
        return handle;
    }

    private void read(String id, Duration patience) {
        try {
            source.find(id).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            var cause = Continuations.cause(e);
            throw new IllegalStateException(
                    "the state of task %s cannot be read: %s".formatted(id, cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the state of task %s cannot be read: the result backend does not answer within %s"
                            .formatted(id, patience),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the state of task " + id, e);
        }
    }

    /// The handle of a task whose result comes to nobody here.
    public <T> TaskHandle<T> expectNothing(String id, String queue, Type type) {
        TaskHandle<T> handle = handle(id, queue, type);
        handle.expectNothing();
        return handle;
    }

    /// The handle of tasks that were sent as a group.
    ///
    /// @param id what they share in their messages
    public <T> GroupHandle<T> group(String id, List<TaskHandle<T>> members) {
        return new GroupHandle<>(id, members, handling.outcomes().get());
    }

    /// It is sent when a transaction of this thread commits, which must not wait for it before.
    public void defer(TaskHandle<?> handle) {
        handle.defer();
    }

    /// That transaction has ended.
    public void depart(TaskHandle<?> handle) {
        handle.depart();
    }

    /// Nothing will come for it.
    public void abandon(TaskHandle<?> handle, RuntimeException cause) {
        if (waiting.abandon(handle, cause)) {
            source.leave(handle.id());
        }
    }

    /// Empty where the parts of a chord cannot be counted.
    public Optional<ChordCounter> chords() {
        return Optional.ofNullable(chords);
    }

    /// Fails all handles that still wait.
    @Override
    public void close() {
        waiting.abandonAll("the client was closed before the result came");
        source.close();
    }

    private <T> TaskHandle<T> handle(String id, String queue, Type type) {
        return handle(id, queue, type, StoredPieces.START);
    }

    private <T> TaskHandle<T> handle(String id, String queue, Type type, String begin) {
        return new TaskHandle<>(
                id,
                queue,
                type,
                handling.control(),
                handling.outcomes().get(),
                () -> new PieceReader(id, pieces.apply(id, begin), handling.outcomes()));
    }

    private static void answering(ResultStore store, Duration patience) throws IOException {
        try {
            store.ping().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            var cause = Continuations.cause(e);
            throw new IOException(cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException("result backend %s does not answer within %s".formatted(store, patience), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for result backend " + store);
        }
    }
}
