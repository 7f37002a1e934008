package dev.jtask.broker;

import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sender's thread: takes publications as they come, makes sure of what they need, and puts them on a lane. Each
/// comes to an end, whatever goes wrong: it is in one of the queues here, in a lane, or over. What comes back goes
/// before what came later.
final class Outlet implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long JOIN_MS = 500;

    /// A write that takes so long is one that the broker does not read.
    private static final long UNREAD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Line line;
    private final Thread thread;
    private final LinkedBlockingQueue<Object> arrivals = new LinkedBlockingQueue<>();
    private final PriorityQueue<Publication> pausing = new PriorityQueue<>(Comparator.comparingLong(Publication::due));
    private final PriorityQueue<Publication> waiting = new PriorityQueue<>(Comparator.comparingLong(Publication::turn));
    private final NavigableSet<Publication> alone = new TreeSet<>(Comparator.comparingLong(Publication::turn));
    private long turns;
    private long swept = System.nanoTime() - LOOK_NANOS;
    private final AtomicLong arrivalsSwept = new AtomicLong(swept);
    private final KnownRoutes known = new KnownRoutes();
    private volatile @Nullable Link link;
    private int failures;
    private boolean warned;
    private long nextTry = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean ended;
    private volatile boolean hurried;
    private final Pulse pulse = new Pulse();
    private volatile boolean writing;
    private volatile long writesSince = System.nanoTime();
    private volatile @Nullable String trouble = "not connected yet";

    private enum Signal {
        CHANGED
    }

    Outlet(Line line, String name) {
        this.line = line;
        this.thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.start();
    }

    /// For any thread, and never blocks.
    void accept(Publication publication) {
        arrivals.add(publication);
        if (ended) {
            giveUpArrivals();
        } else if (hangs()) {
            sweepArrivals();
        }
    }

    /// The thread that would let go of them stands in the write.
    private void sweepArrivals() {
        long now = System.nanoTime();
        long last = arrivalsSwept.get();
        if (now - last > LOOK_NANOS && arrivalsSwept.compareAndSet(last, now)) {
            arrivals.removeIf(each -> each instanceof Publication publication && publication.isDone());
        }
    }

    private boolean hangs() {
        return writing && System.nanoTime() - writesSince > UNREAD_NANOS;
    }

    void hurry() {
        hurried = true;
        changed();
    }

    @Nullable
    String trouble() {
        return hangs() ? "the broker reads nothing that is sent to it; is it short of memory or disk?" : trouble;
    }

    /// Zero while it waits for the broker: a write takes as long as the broker does not read, and ends with the
    /// connection.
    Duration sinceLook() {
        var present = link;
        return writing && present != null && present.isOpen() ? Duration.ZERO : pulse.since();
    }

    /// Ends the thread and the connection; what was not published fails, and so does what comes later.
    void close() {
        closed = true;
        changed();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.close();
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                gather();
                work();
            } catch (RuntimeException | Error e) {
                // the boundary of the loop: whatever went wrong, the thread goes on
                LOG.error("the sender goes on after an unexpected failure", e);
                drop(String.valueOf(e.getMessage()));
            }
        }
        ended = true;
        giveUp(waiting);
        giveUp(alone);
        giveUp(pausing);
        giveUpArrivals();
    }

    private void changed() {
        arrivals.add(Signal.CHANGED);
    }

    /// Waits for something to do, and sorts what has come.
    private void gather() {
        pulse.beat();
        Object next = arrivals.poll();
        if (next == null) {
            next = await();
        }
        for (; next != null; next = arrivals.poll()) {
            if (next instanceof Publication publication) {
                sort(publication);
            }
        }
        long now = System.nanoTime();
        for (var due = pausing.peek(); due != null && (hurried || due.due() - now <= 0); due = pausing.peek()) {
            pausing.remove();
            (due.way() == Publication.Way.ALONE ? alone : waiting).add(due);
        }
        hurried = false;
    }

    private @Nullable Object await() {
        long now = System.nanoTime();
        long until = now + LOOK_NANOS;
        if (!pausing.isEmpty()) {
            until = Math.min(until, pausing.element().due());
        }
        if (link == null && (!waiting.isEmpty() || !alone.isEmpty())) {
            until = Math.min(until, nextTry);
        }
        try {
            return arrivals.poll(until - now, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts the sender; it ends by close()", e);
            return null;
        }
    }

    private void sort(Publication publication) {
        if (publication.turn() == 0) {
            publication.setTurn(++turns);
        }
        if (publication.due() - System.nanoTime() > 0) {
            pausing.add(publication);
        } else if (publication.way() == Publication.Way.ALONE) {
            alone.add(publication);
        } else {
            waiting.add(publication);
        }
    }

    private void work() {
        var open = open();
        sweep(open == null ? Outlet::cannotWait : Publication::isDone);
        if (open == null) {
            return;
        }
        trouble = open.reason();
        try {
            if (alone.isEmpty() || !open.holdsUpOthers(alone.first())) {
                publishTogether(open);
            }
            publishAlone(open);
            write(Flushing::now);
        } catch (IOException | ShutdownSignalException e) {
            LOG.debug("no channel to publish on", e);
            drop("the connection is lost");
        }
    }

    /// Lets go of what is over, which may be many where the broker takes nothing for long. Not for each that comes, as
    /// all are looked at.
    private void sweep(Predicate<Publication> isOver) {
        long now = System.nanoTime();
        if (now - swept < LOOK_NANOS) {
            return;
        }
        swept = now;
        waiting.removeIf(isOver);
        alone.removeIf(isOver);
        pausing.removeIf(Publication::isDone);
    }

    /// As many of them as can go now.
    private void publishTogether(Link open) throws IOException {
        while (!waiting.isEmpty() && !closed) {
            var lane = open.laneFor(waiting.element());
            if (lane == null) {
                return;
            }
            publish(open, lane, waiting.remove());
        }
    }

    /// One that waits for its own queue holds up none behind it; a suspect does for a while.
    private void publishAlone(Link open) throws IOException {
        var each = alone.iterator();
        while (each.hasNext() && !closed && open.hasRoomAlone()) {
            var next = each.next();
            var lane = open.laneFor(next);
            if (lane != null) {
                each.remove();
                publish(open, lane, next);
            } else if (open.holdsUpOthers(next)) {
                return;
            }
        }
    }

    /// @throws IOException when the connection is lost; the publication is taken care of
    private void publish(Link open, Lane lane, Publication publication) throws IOException {
        if (publication.mayLackItsQueue()) {
            known.forget(publication.parcel(), publication.failedAt());
        }
        if (publication.isDone()) {
            return; // its time was over, or no queue took it
        }
        publication.setOut(System.nanoTime());
        try {
            pulse.whileWaiting(() -> known.ensure(open.connection(), publication.parcel()));
            write(() -> Flushing.later(() -> lane.publish(publication)));
        } catch (PublishRefusedException e) {
            publication.refused(e);
        } catch (IOException | ShutdownSignalException e) {
            var loss = e instanceof IOException known ? known : new IOException("the channel is closed", e);
            publication.lost(loss);
            if (Refusals.isLoss(loss)) {
                throw loss; // nor does anything else go on it, whether it knows that already or not
            }
        } catch (RuntimeException e) {
            // AMQP cannot even ask for its queue, for example; the next one must not suffer for it
            publication.unwritable(e);
        } catch (Error e) {
            publication.failed(e);
            throw e;
        }
    }

    private void write(Flushing.Write write) throws IOException {
        writesSince = System.nanoTime();
        writing = true;
        try {
            write.run();
        } finally {
            pulse.beat();
            writing = false;
        }
    }

    /// Without a connection: whether it is over, or is so now.
    private static boolean cannotWait(Publication publication) {
        if (!publication.isDone() && publication.patience().losses() == 0) {
            publication.lost(new IOException("the connection is closed"));
        }
        return publication.isDone();
    }

    private @Nullable Link open() {
        var present = link;
        if (present != null && present.isOpen()) {
            return present;
        }
        if (present != null) {
            drop("the connection is lost");
        }
        if (System.nanoTime() - nextTry < 0) {
            return null;
        }
        try {
            var opened = new Link(pulse.ask(line::connection), this::changed);
            link = opened;
            if (warned) {
                LOG.info("the sender is connected again");
                warned = false;
            }
            trouble = null;
            return opened;
        } catch (IOException | RuntimeException e) {
            failed(String.valueOf(e.getMessage()));
            warned = warned || SaidOnce.HERE.tell(LOG, "the sender", String.valueOf(e.getMessage()), e);
            return null;
        }
    }

    /// The connection, or a channel of it, is gone; what was in its lanes comes back through [#accept].
    private void drop(String why) {
        var present = link;
        link = null;
        Flushing.never();
        known.forgetAll();
        if (present != null && present.hasProgressed()) {
            failures = 0;
        }
        failed(why);
        if (present != null) {
            present.close();
        }
    }

    private void failed(String why) {
        trouble = why;
        failures++;
        nextTry = System.nanoTime() + TimeUnit.NANOSECONDS.convert(Pauses.USUAL.after(failures));
    }

    private void giveUpArrivals() {
        for (var next = arrivals.poll(); next != null; next = arrivals.poll()) {
            if (next instanceof Publication publication) {
                publication.abandoned();
            }
        }
    }

    private static void giveUp(Iterable<Publication> left) {
        left.forEach(Publication::abandoned);
    }
}
