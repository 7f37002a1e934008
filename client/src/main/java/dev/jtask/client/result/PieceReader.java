package dev.jtask.client.result;

import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.PieceMark;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives out the pieces of one task in their order, each once, to whoever asks.
final class PieceReader {

    /// A signal may be lost with a connection.
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String id;
    private final PieceSource source;
    private final Supplier<CompletableFuture<ResultMessage>> waits;
    private final ReentrantLock turn = new ReentrantLock();
    private final Deque<EmittedPiece> ready = new ArrayDeque<>();
    private PieceOrder order = new PieceOrder();
    private volatile CompletableFuture<ResultMessage> news;

    /// @param waits what a reader waits with for news; a test's own may make time pass
    PieceReader(String id, PieceSource source, Supplier<CompletableFuture<ResultMessage>> waits) {
        this.id = id;
        this.source = source;
        this.waits = waits;
        this.news = waits.get();
    }

    /// One has come, or a signal that one is there. Never blocks.
    void told(ResultMessage piece) {
        source.told(piece);
        over();
    }

    /// The task has ended, or something else has changed. Never blocks.
    void over() {
        news.complete(EmittedPiece.signal(id));
    }

    /// Waits for the next one.
    ///
    /// @param outcome of the task
    /// @return null after the last one of a task that has succeeded
    /// @throws TaskFailedException when it has not
    /// @throws PiecesLostException when one is missing
    @Nullable
    EmittedPiece next(Duration timeout, CompletableFuture<ResultMessage> outcome)
            throws TimeoutException, InterruptedException, ExecutionException {
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        turn.lockInterruptibly();
        try {
            while (true) {
                long began = System.nanoTime();
                // both first, so that nothing that comes from here on is overlooked
                var mail = renewed();
                var over = outcome.isDone() ? outcome.get() : null;
                if (over != null) {
                    endsWith(over.pieces());
                }
                var next = taken();
                if (next != null) {
                    return next;
                }
                var more = source.more(Duration.ofNanos(Math.max(left, LOOK_NANOS)));
                if (more.isPresent() && !more.get().isEmpty()) {
                    ready.addAll(more.get());
                } else if (more.isEmpty() || over == null) {
                    left -= await(mail, left, began);
                } else if (isAll(over)) {
                    return null;
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private CompletableFuture<ResultMessage> renewed() {
        var present = news;
        if (present.isDone()) {
            present = waits.get();
            news = present;
        }
        return present;
    }

    private void endsWith(@Nullable PieceMark last) {
        if (last != null) {
            order.endsWith(last);
        }
    }

    /// @param began when what precedes the waiting did
    /// @return how long it all took, in the time that the waiting counts by
    private static long await(CompletableFuture<ResultMessage> mail, long left, long began)
            throws TimeoutException, InterruptedException, ExecutionException {
        long slice = Math.min(left, LOOK_NANOS);
        if (slice > 0) {
            try {
                mail.get(slice, TimeUnit.NANOSECONDS);
                return System.nanoTime() - began;
            } catch (TimeoutException e) {
                if (left > slice) {
                    return Math.max(slice, System.nanoTime() - began);
                }
            }
        }
        throw new TimeoutException();
    }

    private @Nullable EmittedPiece taken() {
        for (var next = ready.poll(); next != null; next = ready.poll()) {
            switch (order.take(next.mark())) {
                case NEXT -> {
                    return next;
                }
                case PASSED_OVER -> {}
                case GAP ->
                    throw new PiecesLostException(
                            id,
                            "pieces before number %d of attempt %d"
                                    .formatted(next.mark().number(), next.mark().attempt()),
                            source.losses());
            }
        }
        return null;
    }

    /// @return false where the pieces of the run that has succeeded are read from here on
    private boolean isAll(ResultMessage end) {
        if (!end.status().equals(TaskState.SUCCESS)) {
            throw new TaskFailedException(end);
        }
        var last = end.pieces();
        if (last == null) {
            throw new IllegalStateException(
                    "nobody has asked for the pieces of task %s, or its worker knows none; send it withPieces(), to a Java worker"
                            .formatted(id));
        }
        if (order.isComplete(last)) {
            return true;
        }
        if (order.isOf(last.run()) || order.number() == 0) {
            throw new PiecesLostException(
                    id, "pieces %d to %d".formatted(order.number() + 1, last.number()), source.losses());
        }
        return again(last);
    }

    /// Two workers had it, and the one that was not listened to was first.
    private boolean again(PieceMark last) {
        if (!source.rewind()) {
            throw new PiecesLostException(
                    id,
                    "%d pieces".formatted(last.number()),
                    "it ran twice, after its worker had lost the connection, and ended in the other run than those that were read");
        }
        order = new PieceOrder();
        return false;
    }
}
