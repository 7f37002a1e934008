package dev.jtask.worker.delivery;

import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Slot;
import dev.jtask.worker.run.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deliveries that wait for a slot, and the loop that gives them one: a slot first, then a delivery.
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final long BEAT_MS = 200;
    private static final long FAILURE_MS = 1_000;

    private final Slots slots;
    private final ThreadFactory threads;
    private final BiPredicate<Delivery, Slot> runner;
    private final Consumer<Delivery> giveBack;
    private final BooleanSupplier maySettle;
    private final Supplier<@Nullable Delivery> suspects;
    private final ReentrantLock suspectTurn = new ReentrantLock();
    private final PrefetchWindow window = new PrefetchWindow();
    private final AtomicInteger running = new AtomicInteger();
    private final PriorityBlockingQueue<Waiting> waiting = new PriorityBlockingQueue<>();
    private final Thread thread;
    private volatile boolean accepting = true;
    private volatile long beat = System.nanoTime();

    /// A delivery in the order in which slots are given.
    ///
    /// @param preference position of its queue in the worker's list, 0 first
    /// @param order in which it arrived
    record Waiting(Delivery delivery, int preference, long order) implements Comparable<Waiting> {

        @Override
        public int compareTo(Waiting other) {
            int byQueue = Integer.compare(preference, other.preference);
            return byQueue != 0 ? byQueue : Long.compare(order, other.order);
        }
    }

    /// @param runner runs a delivery to its end, and says whether the time it took says something of the next one
    /// @param giveBack returns a delivery that was not started
    /// @param maySettle whether what is started now could be settled
    /// @param suspects the next delivery that runs alone among its kind; null when there is none
    Intake(
            Slots slots,
            ThreadFactory threads,
            BiPredicate<Delivery, Slot> runner,
            Consumer<Delivery> giveBack,
            BooleanSupplier maySettle,
            Supplier<@Nullable Delivery> suspects) {
        this.slots = slots;
        this.threads = threads;
        this.runner = runner;
        this.giveBack = giveBack;
        this.maySettle = maySettle;
        this.suspects = suspects;
        this.thread = Thread.ofPlatform().daemon().name("intake").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    boolean isAccepting() {
        return accepting;
    }

    /// The time since the loop last showed that it is at work.
    Duration sinceBeat() {
        return Duration.ofNanos(System.nanoTime() - beat);
    }

    List<Delivery> waiting() {
        return waiting.stream().sorted().map(Waiting::delivery).toList();
    }

    void accept(Waiting next) {
        waiting.add(next);
        if (!accepting) {
            returnSurplus(0);
        }
    }

    /// Starts nothing more and returns what waits to the queue.
    void stop() {
        accepting = false;
        returnSurplus(0);
    }

    /// Drops what waits: its connection is gone and the broker has taken it back.
    void forget() {
        accepting = false;
        waiting.clear();
    }

    /// How many messages this session may hold: the slots in which tasks of an earlier, lost session still
    /// run are not for it to fill.
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

    /// Returns what has waited for too long.
    ///
    /// @param isOver whether it has, by when it came
    void returnStale(Predicate<Instant> isOver) {
        for (var next : waiting) {
            if (isOver.test(next.delivery().at()) && waiting.remove(next)) {
                giveBack.accept(next.delivery());
            }
        }
    }

    private void returnSurplus(int keep) {
        var kept = new ArrayList<Waiting>();
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            if (kept.size() < keep) {
                kept.add(next);
            } else {
                giveBack.accept(next.delivery());
            }
        }
        waiting.addAll(kept);
    }

    private void work() {
        while (accepting) {
            try {
                beat = System.nanoTime();
                var slot = slots.take(BEAT_MS, TimeUnit.MILLISECONDS);
                if (slot != null) {
                    fill(slot, this::await);
                }
            } catch (InterruptedException e) {
                LOG.debug("nobody interrupts the intake; it ends by stop()", e);
            } catch (RuntimeException | Error e) {
                // the boundary of the loop: one delivery that cannot be started must not stop the others
                LOG.error("the intake goes on after an unexpected failure", e);
                pauseAfterFailure();
            }
        }
    }

    /// What failed for one would fail for the next at once: a machine without threads, for example.
    private static void pauseAfterFailure() {
        try {
            TimeUnit.MILLISECONDS.sleep(FAILURE_MS);
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts the intake; it ends by stop()", e);
        }
    }

    /// Looks for a delivery.
    private interface Search<E extends Exception> {

        /// @return null where there is none
        @Nullable
        Delivery find() throws E;
    }

    /// Gives the slot to the delivery that is found, or back.
    private <E extends Exception> void fill(Slot slot, Search<E> search) throws E {
        Delivery found = null;
        try {
            found = search.find();
        } finally {
            if (found == null) {
                slot.release();
            }
        }
        if (found != null) {
            start(found, slot);
        }
    }

    /// The next one, or null at the end.
    private @Nullable Delivery await() throws InterruptedException {
        Delivery next = null;
        while (accepting && next == null) {
            beat = System.nanoTime();
            next = maySettle.getAsBoolean() ? next() : pause();
        }
        return next;
    }

    private @Nullable Delivery next() throws InterruptedException {
        var suspect = suspect();
        return suspect == null ? alive(waiting.poll(BEAT_MS, TimeUnit.MILLISECONDS)) : suspect;
    }

    private @Nullable Delivery nextAtOnce() {
        var suspect = suspect();
        return suspect == null ? alive(waiting.poll()) : suspect;
    }

    /// For one at a time; the others go on with what waits.
    private @Nullable Delivery suspect() {
        if (!suspectTurn.tryLock()) {
            return null;
        }
        try {
            return suspects.get();
        } finally {
            suspectTurn.unlock();
        }
    }

    /// What the broker has taken back meanwhile comes again, and would run twice.
    private static @Nullable Delivery alive(@Nullable Waiting first) {
        return first == null || first.delivery().receipt().isLost() ? null : first.delivery();
    }

    private static @Nullable Delivery pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(BEAT_MS / 4);
        return null;
    }

    private void start(Delivery delivery, Slot slot) {
        running.incrementAndGet();
        try {
            slot.run(threads, () -> {
                process(delivery, slot);
                goOn(slot);
            });
        } catch (RuntimeException | Error e) {
            running.decrementAndGet();
            slot.release();
            delivery.receipt().settle(new Disposition.Requeue());
            throw e;
        }
    }

    /// What waits already begins in the slot of the one that has ended: two threads less to wake for each short task.
    private void goOn(Slot ended) {
        var slot = accepting && maySettle.getAsBoolean() ? ended.passOn() : null;
        if (slot != null) {
            fill(slot, this::nextAtOnce);
        }
    }

    private void process(Delivery delivery, Slot slot) {
        long began = System.nanoTime();
        try {
            boolean typical = runner.test(delivery, slot);
            double seconds = (System.nanoTime() - began) / 1e9;
            if (typical) {
                synchronized (window) {
                    window.finished(seconds);
                }
            }
        } catch (RuntimeException | StackOverflowError e) {
            // the boundary of the thread, and most likely the message's own fault: it counts, so that it comes to
            // an end among the suspects, and others go on
            LOG.error("a message of queue '{}' did not come to an end", delivery.queue(), e);
            delivery.receipt().settle(new Disposition.Requeue());
        } catch (Error e) {
            // the worker's own trouble, which the next message would have as well
            LOG.error("a message of queue '{}' did not come to an end", delivery.queue(), e);
            delivery.receipt().settle(new Disposition.Leave("a message did not come to an end: " + e));
        } finally {
            running.decrementAndGet();
        }
    }
}
