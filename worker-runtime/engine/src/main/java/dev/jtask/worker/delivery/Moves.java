package dev.jtask.worker.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Messages of which a copy is on its way to another place. One whose connection ends between the copy and its
/// acknowledgement is there twice, so that its end waits for them.
final class Moves {

    private final Map<Object, CompletableFuture<?>> open = new ConcurrentHashMap<>();

    /// @param move is over once the delivery is settled, and never fails
    void begin(CompletableFuture<?> move) {
        var mark = new Object();
        open.put(mark, move);
        var _ = move.whenComplete((done, failure) -> open.remove(mark));
    }

    /// Waits for those that have begun, and for those that these begin at their end: where one place does not take a
    /// message, another is tried.
    ///
    /// @return false when the time was over first
    boolean await(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (!open.isEmpty()) {
            try {
                // one that failed is as over as any other
                CompletableFuture.allOf(open.values().toArray(CompletableFuture[]::new))
                        .handle((done, failure) -> true)
                        .get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return open.isEmpty();
            } catch (ExecutionException e) {
                throw new IllegalStateException("what is handled does not fail", e);
            }
        }
        return true;
    }
}
