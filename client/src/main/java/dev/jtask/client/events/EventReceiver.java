package dev.jtask.client.events;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a listener of events, until it is closed. Safe for any thread.
public final class EventReceiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);
    private static final long BUFFER_BYTES = 16L * 1024 * 1024;
    private static final long JOIN_MS = 500;

    private final Consumer<? super CeleryEvent> listener;
    private final Consumer<EventReceiver> ended;
    private final Tally dropped = new Tally("events were dropped since their listener is slower than they come");
    private final Tally unreadable = new Tally("messages or parts of them among events were none");
    private final Tally failed = new Tally("times a listener of events failed");
    private final EventBuffer buffer;
    private final Thread thread = new Thread(this::work, "jtask-events");
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable end = () -> {};

    /// @param ended told once, at the end
    EventReceiver(Consumer<? super CeleryEvent> listener, int most, Consumer<EventReceiver> ended) {
        this.listener = listener;
        this.ended = ended;
        this.buffer = new EventBuffer(most, BUFFER_BYTES, dropped);
    }

    /// How many events the listener has not been told of since it was too slow.
    public long dropped() {
        return dropped.count();
    }

    /// How many messages, or parts of one, were no events at all. A worker or somebody else who publishes to `celeryev`
    /// sends them.
    public long unreadable() {
        return unreadable.count();
    }

    /// Ends it: no further event is told. Waits half a second at most for the listener to be done with the present one.
    /// A second call does nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        buffer.close();
        end.run();
        ended.accept(this);
        if (!Thread.currentThread().equals(thread)) {
            try {
                thread.join(JOIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// @param ending ends what the events come from
    void start(Runnable ending) {
        end = ending;
        thread.setDaemon(true);
        thread.start();
    }

    EventSource.Ear ear() {
        return new Reception(buffer, unreadable);
    }

    private void work() {
        for (var next = take(); next.isPresent(); next = take()) {
            try {
                listener.accept(next.get());
            } catch (RuntimeException | Error e) {
                // the boundary of the loop: the next event may fare better
                failed.add(e.toString());
                LOG.debug("the listener failed", e);
            }
        }
    }

    private Optional<CeleryEvent> take() {
        while (true) {
            try {
                return buffer.take();
            } catch (InterruptedException e) {
                LOG.debug("interrupted by the listener itself; events end by close()", e);
            }
        }
    }
}
