package dev.jtask.operator.reconcile;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The threads of reconciles, one for each. A few at a time have a turn, so that a thousand new pools do not all write
/// at once; but nobody waits long for one: pools whose writes wait for a webhook that hangs hold up no other.
final class ReconcileThreads {

    /// As many as the SDK would have threads.
    private static final int TURNS = 50;
    /// One that waits for Kubernetes has a connection and a Deployment as text: this many are some 25 MB.
    private static final int PLACES = 250;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Semaphore turns;
    private final Semaphore places;
    private final Duration patience;

    private ReconcileThreads(int turns, int places, Duration patience) {
        this.turns = new Semaphore(turns, true);
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    static ExecutorService open() {
        return open(TURNS, PLACES, PATIENCE);
    }

    /// @param turns how many reconciles that are quick run at a time
    /// @param places how many of all
    /// @param patience how long one waits for a turn before it goes on without
    static ExecutorService open(int turns, int places, Duration patience) {
        var threads = new ReconcileThreads(turns, places, patience);
        return Executors.newThreadPerTaskExecutor(
                reconcile -> Thread.ofVirtual().unstarted(() -> threads.run(reconcile)));
    }

    private void run(Runnable reconcile) {
        boolean inPlace = false;
        boolean inTurn = false;
        try {
            places.acquire();
            inPlace = true;
            inTurn = turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // the operator ends: the SDK finds that out by itself, and does nothing more
            Thread.currentThread().interrupt();
        }
        try {
            reconcile.run();
        } finally {
            if (inTurn) {
                turns.release();
            }
            if (inPlace) {
                places.release();
            }
        }
    }
}
