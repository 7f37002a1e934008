package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sender's thread: takes publications as they come, makes sure of what they need, and puts them on a lane. Two
/// lanes,
/// one for many messages at once and one for those that must be alone.
final class Outlet implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long JOIN_MS = 500;

    private final Line line;
    private final Thread thread;
    private final LinkedBlockingQueue<Object> arrivals = new LinkedBlockingQueue<>();
    private final PriorityQueue<Publication> pausing = new PriorityQueue<>(Comparator.comparingLong(Publication::due));
    private final ArrayDeque<Publication> waiting = new ArrayDeque<>();
    private final ArrayDeque<Publication> alone = new ArrayDeque<>();
    private final KnownRoutes known = new KnownRoutes();
    private @Nullable Link link;
    private int failures;
    private long nextTry = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean hurried;
    private volatile long looked = System.nanoTime();
    private volatile @Nullable String trouble = "not connected yet";

    /// One connection with its lanes.
    private static final class Link {

        private final Connection connection;
        private final FlowControl control;
        private @Nullable Lane together;
        private @Nullable Lane alone;

        Link(Connection connection, FlowControl control) {
            this.connection = connection;
            this.control = control;
        }

        Lane together() throws IOException {
            together = open(together, () -> {});
            return together;
        }

        Lane alone(Runnable changed) throws IOException {
            alone = open(alone, changed);
            return alone;
        }

        boolean isAloneFree() {
            return alone == null || alone.inFlight() == 0;
        }

        void close() {
            if (together != null) {
                together.close();
            }
            if (alone != null) {
                alone.close();
            }
        }

        private Lane open(@Nullable Lane lane, Runnable changed) throws IOException {
            if (lane != null && lane.isOpen()) {
                return lane;
            }
            return Lane.on(connection, changed);
        }
    }

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
    }

    void hurry() {
        hurried = true;
        changed();
    }

    @Nullable
    String trouble() {
        return trouble;
    }

    Duration sinceLook() {
        return Duration.ofNanos(System.nanoTime() - looked);
    }

    /// Ends the thread and the connection; what was not published fails.
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
                // the boundary of the loop: whatever went wrong with one message, the thread goes on
                LOG.error("the sender goes on after an unexpected failure", e);
                drop();
            }
        }
        giveUp();
    }

    private void changed() {
        arrivals.add(Signal.CHANGED);
    }

    /// Waits for something to do, and sorts what has come.
    private void gather() {
        looked = System.nanoTime();
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
        if (open == null) {
            waiting.removeIf(Outlet::cannotWait);
            alone.removeIf(Outlet::cannotWait);
            return;
        }
        trouble = open.control.reason();
        try {
            while (!waiting.isEmpty() && open.control.isOpen() && !closed) {
                publish(open, open.together(), waiting.remove());
            }
            while (!alone.isEmpty() && open.isAloneFree() && open.control.isOpen() && !closed) {
                publish(open, open.alone(this::changed), alone.remove());
            }
        } catch (IOException e) {
            LOG.debug("no channel to publish on", e);
            drop();
        }
    }

    private void publish(Link open, Lane lane, Publication publication) {
        if (publication.mayLackItsQueue()) {
            known.forget(publication.parcel());
        }
        if (publication.isDone()) {
            return; // its time was over, or no queue took it
        }
        try {
            known.ensure(open.connection, publication.parcel());
            lane.publish(publication);
        } catch (PublishRefusedException e) {
            publication.refused(e);
        } catch (IOException e) {
            publication.lost(e);
        } catch (RuntimeException e) {
            // it has left the queue already, and must not get lost by what nobody has thought of
            publication.lost(new IOException(e));
            throw e;
        }
    }

    /// Without a connection: whether it fails now.
    private static boolean cannotWait(Publication publication) {
        if (publication.patience().losses() > 0) {
            return false;
        }
        publication.lost(new IOException("the connection is closed"));
        return true;
    }

    private @Nullable Link open() {
        var present = link;
        if (present != null && present.connection.isOpen()) {
            return present;
        }
        if (present != null) {
            drop();
        }
        if (System.nanoTime() - nextTry < 0) {
            return null;
        }
        try {
            var connection = line.connection();
            var opened = new Link(connection, new FlowControl(connection, this::changed));
            link = opened;
            if (failures > 0) {
                LOG.info("the sender is connected again");
            }
            failures = 0;
            trouble = null;
            return opened;
        } catch (IOException e) {
            if (failures++ == 0) {
                LOG.warn("the sender has no connection, and tries again: {}", e.getMessage());
            }
            trouble = String.valueOf(e.getMessage());
            nextTry = System.nanoTime() + TimeUnit.NANOSECONDS.convert(Pauses.USUAL.after(failures));
            return null;
        }
    }

    /// The connection, or a channel of it, is gone; what was in its lanes comes back through [#accept].
    private void drop() {
        var present = link;
        link = null;
        known.forgetAll();
        trouble = "the connection is lost";
        nextTry = System.nanoTime() + TimeUnit.NANOSECONDS.convert(Pauses.USUAL.after(failures + 1));
        if (present != null) {
            present.close();
        }
    }

    private void giveUp() {
        var left = new ArrayDeque<>(waiting);
        left.addAll(alone);
        left.addAll(pausing);
        for (var each : arrivals) {
            if (each instanceof Publication publication) {
                left.add(publication);
            }
        }
        left.forEach(publication -> publication
                .done()
                .completeExceptionally(new PublishNotConfirmedException(
                        publication.parcel().route().name(), "the sender was closed first")));
    }
}
