package dev.jtask.worker.run;

import dev.jtask.protocol.result.PieceMark;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one run has emitted so far.
final class Emitted {

    private static final Logger LOG = LoggerFactory.getLogger(Emitted.class);

    private final ReentrantLock turn = new ReentrantLock();
    private final String run = UUID.randomUUID().toString();
    private CompletableFuture<?> pending = CompletableFuture.completedFuture(null);
    private final AtomicLong number = new AtomicLong();
    private boolean unheard;

    /// For whoever changes it.
    ReentrantLock turn() {
        return turn;
    }

    /// The last piece.
    PieceMark last(int attempt) {
        return new PieceMark(run, attempt, number.get());
    }

    /// The piece that is about to be emitted.
    PieceMark next(int attempt) {
        return new PieceMark(run, attempt, number.get() + 1);
    }

    /// There is one more.
    void count() {
        number.incrementAndGet();
    }

    /// There may be one more, which nobody has waited for.
    void pending(CompletableFuture<?> sent) {
        count();
        pending = sent;
    }

    /// Waits for such a one, so that no other overtakes it.
    void settled() throws InterruptedException {
        try {
            pending.get();
        } catch (ExecutionException e) {
            LOG.debug("a piece that nobody waited for is lost, and its reader will miss it", e);
        }
    }

    /// Nobody reads.
    void unheard() {
        count();
        unheard = true;
    }

    boolean isUnheard() {
        return unheard;
    }
}
