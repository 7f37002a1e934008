package dev.jtask.worker.delivery;

import dev.jtask.worker.WorkerMetrics;
import dev.jtask.worker.execution.Attempt;
import dev.jtask.worker.execution.Attempts;
import dev.jtask.worker.execution.Received;
import dev.jtask.worker.execution.Slot;
import dev.jtask.worker.execution.Slots;
import dev.jtask.worker.execution.TaskRunner;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deliveries that wait for a slot, and the loop that gives them one: a slot first, then a delivery.
final class Intake implements Consumer<Delivered> {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Slots slots;
    private final Thread.Builder threads;
    private final TaskRunner runner;
    private final Attempts attempts;
    private final WorkerMetrics metrics;
    private final Clock clock;
    private final PrefetchWindow window = new PrefetchWindow();
    private final AtomicInteger running = new AtomicInteger();
    private final PriorityBlockingQueue<Delivered> waiting = new PriorityBlockingQueue<>();
    private volatile boolean accepting = true;
    private Thread loop = Thread.currentThread();

    Intake(Engine engine, Thread.Builder threads) {
        this.slots = engine.slots();
        this.threads = threads;
        this.runner = engine.runner();
        this.attempts = engine.attempts();
        this.metrics = engine.metrics();
        this.clock = engine.clock();
    }

    void start(Settler settler) {
        loop = Thread.ofPlatform().daemon().name("intake").start(() -> work(settler));
    }

    boolean isAccepting() {
        return accepting;
    }

    List<Received> waiting() {
        return waiting.stream().map(Delivered::received).toList();
    }

    @Override
    public void accept(Delivered delivered) {
        waiting.add(delivered);
        if (!accepting) {
            returnSurplus(0);
        }
    }

    /// Starts nothing more and returns what waits to the queue.
    void stop() {
        accepting = false;
        loop.interrupt();
        returnSurplus(0);
    }

    /// Drops what waits: its connection is gone and the broker has taken it back.
    void forget() {
        accepting = false;
        loop.interrupt();
        waiting.clear();
    }

    /// How many messages this session may hold: the slots in which tasks of an earlier, lost session still run are not
    /// for it to fill.
    int window(OptionalInt fixed) {
        int lost = slots.busy() - running.get();
        synchronized (window) {
            return Math.max(0, fixed.orElseGet(() -> window.adapt(slots.size())) - lost);
        }
    }

    /// Returns what is held beyond one window to the queue, for workers with free slots.
    void shrink(int toWindow) {
        returnSurplus(Math.max(0, toWindow - running.get()));
    }

    private void returnSurplus(int keep) {
        var kept = new ArrayList<Delivered>();
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            if (kept.size() < keep) {
                kept.add(next);
            } else {
                next.acknowledger().requeue(next.tag());
            }
        }
        waiting.addAll(kept);
    }

    private void work(Settler settler) {
        try {
            while (accepting) {
                startNext(slots.take(), settler);
            }
        } catch (InterruptedException e) {
            LOG.debug("intake ends");
        }
    }

    private void startNext(Slot slot, Settler settler) throws InterruptedException {
        try {
            var next = waiting.take();
            running.incrementAndGet();
            slot.run(threads, () -> process(next, slot, settler));
        } catch (InterruptedException e) {
            slot.release();
            throw e;
        }
    }

    private void process(Delivered delivered, Slot slot, Settler settler) {
        var handled = new Handled(delivered, slot, settler, attempts);
        var attempt = handled.attempt();
        attempts.started(attempt);
        if (delivered.received().redelivered()) {
            metrics.redelivered();
        }
        try {
            var execution = runner.run(attempt);
            metrics.waited(
                    execution.taskName(), Duration.between(delivered.received().at(), attempt.began()));
            if (attempt.claim()) {
                settler.settle(delivered, execution, attempt);
                if (execution.outcome().isRun()) {
                    finished(attempt);
                }
            } else {
                attempts.unstuck();
            }
        } catch (RuntimeException | Error e) {
            // the boundary of one delivery: whatever went wrong here, the message is not lost and the loop goes on
            LOG.error(
                    "a delivery of queue '{}' goes back to the queue",
                    delivered.received().queue(),
                    e);
            delivered.acknowledger().requeue(delivered.tag());
        } finally {
            attempts.ended(attempt);
            running.decrementAndGet();
        }
    }

    private void finished(Attempt attempt) {
        synchronized (window) {
            window.finished(Duration.between(attempt.began(), clock.instant()).toNanos() / 1e9);
        }
    }
}
