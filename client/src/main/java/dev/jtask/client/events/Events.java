package dev.jtask.client.events;

import dev.jtask.protocol.topology.EventExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// What workers and clients tell, Java's and Python's, as Flower and `celery events` hear it: all of it, unless less is
/// asked for. Workers tell of themselves always, and of their tasks when they were started so or asked to
/// ([dev.jtask.client.control.Workers#enableEvents]).
public final class Events {

    static final int BUFFER = 10_000;

    private final EventSource source;
    private final List<String> keys;
    private final int buffer;
    private final Set<EventReceiver> open;

    /// All events of this source.
    public Events(EventSource source) {
        this(source, List.of(EventExchange.ALL), BUFFER, ConcurrentHashMap.newKeySet());
    }

    private Events(EventSource source, List<String> keys, int buffer, Set<EventReceiver> open) {
        this.source = source;
        this.keys = List.copyOf(keys);
        this.buffer = buffer;
        this.open = open;
    }

    /// Only what is told of tasks.
    public Events tasks() {
        return keys(EventExchange.TASKS);
    }

    /// Only what workers tell of themselves.
    public Events workers() {
        return keys(EventExchange.WORKERS);
    }

    /// Only what is published with these keys: an event's type with dots for dashes, `*` for a word, `#` for any. Of
    /// tasks' events single types cannot be had so, as workers send them together, with the key `task.multi`.
    ///
    /// @throws IllegalArgumentException without a key
    public Events keys(String... only) {
        if (only.length == 0) {
            throw new IllegalArgumentException("events are heard by one key or more; # is all");
        }
        return new Events(source, List.of(only), buffer, open);
    }

    /// How many events may wait for the listener, 10,000 by default; the oldest give way to what comes then. All
    /// together have 16 MB at most.
    ///
    /// @throws IllegalArgumentException unless it is above zero
    public Events buffer(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a buffer is of 1 event or more, not " + most);
        }
        return new Events(source, keys, most, open);
    }

    /// Calls the listener with each event from now on, in the order in which they came, on one thread of its own. One
    /// that throws hears the next all the same. It takes a connection more, which comes back after a loss; what was
    /// told meanwhile is lost.
    ///
    /// @return ends it, as the end of the client does
    /// @throws UncheckedIOException naming the broker and why it lets nobody listen
    /// @throws UnsupportedOperationException where there is no broker, as in a test in memory
    public EventReceiver listen(Consumer<? super CeleryEvent> listener) {
        var receiver = new EventReceiver(listener, buffer, open::remove);
        try {
            var end = source.listen(keys, receiver.ear());
            open.add(receiver);
            receiver.start(end);
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /// Ends all receivers, as the client does at its end.
    public void close() {
        open.forEach(EventReceiver::close);
    }
}
