package dev.jtask.worker.delivery;

import dev.jtask.worker.WorkerMetrics;
import dev.jtask.worker.execution.Slots;
import dev.jtask.worker.execution.TaskRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Deliveries that wait for a slot, and the loop that gives them one: a slot first, then a delivery.
final class Intake implements Consumer<Delivered> {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Slots slots;
    private final Thread.Builder threads;
    private final TaskRunner runner;
    private final WorkerMetrics metrics;
    private final PrefetchWindow window;
    private final PriorityBlockingQueue<Delivered> waiting = new PriorityBlockingQueue<>();
    private volatile boolean accepting = true;
    private Thread loop = Thread.currentThread();

    Intake(Slots slots, Thread.Builder threads, TaskRunner runner, WorkerMetrics metrics) {
        this.slots = slots;
        this.threads = threads;
        this.runner = runner;
        this.metrics = metrics;
        this.window = new PrefetchWindow(slots.size());
    }

    void start(Settler settler) {
        loop = Thread.ofVirtual().name("intake").start(() -> work(settler));
    }

    boolean isAccepting() {
        return accepting;
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

    /// A new prefetch limit when one is worthwhile.
    OptionalInt wantedPrefetch(int current) {
        synchronized (window) {
            return window.worthwhile(current) ? OptionalInt.of(window.size()) : OptionalInt.empty();
        }
    }

    /// Returns what waits beyond `keep` deliveries to the queue, for workers with free slots.
    void returnSurplus(int keep) {
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
                slots.take();
                startNext(settler);
            }
        } catch (InterruptedException e) {
            LOG.debug("intake ends");
        }
    }

    private void startNext(Settler settler) throws InterruptedException {
        try {
            var next = waiting.take();
            slots.run(threads, () -> process(next, settler));
        } catch (InterruptedException e) {
            slots.giveBack();
            throw e;
        }
    }

    private void process(Delivered delivered, Settler settler) {
        long start = System.nanoTime();
        var received = delivered.received();
        if (received.redelivered()) {
            metrics.redelivered();
        }
        MDC.put("queue", received.queue());
        try {
            var execution = runner.run(received);
            var busy = Duration.ofNanos(System.nanoTime() - start);
            settler.settle(delivered, execution);
            metrics.finished(execution.taskName(), execution.outcome().name(), busy);
            LOG.debug("{} {} in {}", execution.taskName(), execution.outcome().name(), busy);
            synchronized (window) {
                window.finished(busy.toNanos() / 1e9);
            }
        } catch (RuntimeException | Error e) {
            // the boundary of one delivery: whatever went wrong here, the message is not lost and the loop goes on
            LOG.error("a delivery of queue '{}' goes back to the queue", received.queue(), e);
            delivered.acknowledger().requeue(delivered.tag());
        } finally {
            MDC.remove("queue");
        }
    }
}
