package dev.jtask.worker.delivery;

import dev.jtask.broker.Outgoing;
import dev.jtask.protocol.time.Wait;
import dev.jtask.protocol.topology.Parked;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.worker.run.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that no delivery of a task that takes long stays unacknowledged until the broker takes it back:
/// moves its message to a queue of its own, from where it goes back when this worker does not renew it. Tasks
/// that are declared long are parked at once, all others when half of the broker's time is over.
///
/// Its thread and its connection are its own: what long tasks need must not wait for anything else.
public final class Parking implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
    private static final long BEAT_MS = 200;
    private static final long STEP_MS = 10;

    private final Runs runs;
    private final AckWindow window;
    private final Predicate<Delivery> isLong;
    private final Lot lot;
    private final Outgoing sender;
    private final int after;
    private final Clock clock;
    private final Map<RunReceipt, ParkedMessage> messages = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("parking").unstarted(this::work);

    /// @param isLong whether a task was declared so
    /// @param limit deaths after which a message is refused
    public Parking(
            Runs runs, AckWindow window, Predicate<Delivery> isLong, Lot lot, Outgoing sender, int limit, Clock clock) {
        this.runs = runs;
        this.window = window;
        this.isLong = isLong;
        this.lot = lot;
        this.sender = sender;
        this.after = Math.min(Suspects.AFTER, limit);
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /// Messages that are parked.
    public int parked() {
        return (int) messages.values().stream().filter(ParkedMessage::isParked).count();
    }

    /// Waits until the places of all tasks that are done are gone.
    ///
    /// @return false when the time was over first
    public boolean awaitEmptied(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (messages.values().stream().anyMatch(ParkedMessage::isLeaving)) {
            if (System.nanoTime() - end > 0 || closing.await(STEP_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /// What is still parked goes back when its lease is over.
    @Override
    public void close() {
        closing.countDown();
        lot.close();
    }

    private void work() {
        try {
            do {
                look(System.nanoTime());
            } while (!closing.await(BEAT_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts the parking; it ends by close()", e);
        }
    }

    /// Takes what has become long, and does what is to be done for the rest.
    void look(long now) {
        try {
            runs.underWay().forEach(run -> {
                if (isDue(run)) {
                    messages.computeIfAbsent(run, due -> new ParkedMessage(due, window.lease(), after, sender, now));
                }
            });
            messages.values().removeIf(message -> message.step(lot, now));
        } catch (RuntimeException | Error e) {
            // the boundary of the loop: one message that cannot be parked must not cost the others their leases
            LOG.error("the parking goes on after an unexpected failure", e);
        }
    }

    private boolean isDue(RunReceipt run) {
        if (run.holdsNothing() || !Parked.mayExist(run.delivery().queue())) {
            return false;
        }
        boolean fetched = run.delivery().receipt() instanceof SuspectReceipt;
        var limit = fetched ? window.parkFetchedAfter() : window.parkAfter();
        return isLong.test(run.delivery())
                || (!limit.isZero() && Wait.of(run.since(), limit).isOver(clock.instant()));
    }
}
