package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.Channels;
import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Channels to borrow, for a moment or for as long as something lasts, on a connection that is opened when the first is
/// needed. One that was lost is opened anew by the next who asks; while that fails, not by each. Safe for any thread.
final class SpareChannels implements AutoCloseable {

    private static final Pauses PAUSES = new Pauses(Duration.ofMillis(500), Duration.ofSeconds(10));
    private static final int MOST = 32;

    private final Opening opening;
    private final Channels.Use prepare;
    private final Deque<Channel> spare = new ConcurrentLinkedDeque<>();
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable IOException failure;
    private int failures;
    private long next;
    private volatile @Nullable Connection present;
    private volatile boolean closed;

    /// @param prepare what is done with each new channel
    SpareChannels(Opening opening, Channels.Use prepare) {
        this.opening = opening;
        this.prepare = prepare;
    }

    /// @throws IOException when there is no connection
    Channel borrow() throws IOException {
        for (var channel = spare.poll(); channel != null; channel = spare.poll()) {
            if (channel.isOpen()) {
                return channel;
            }
        }
        var channel = Channels.open(connection());
        prepare.with(channel);
        return channel;
    }

    void giveBack(Channel channel) {
        if (spare.size() < MOST) {
            spare.push(channel);
        } else {
            discard(channel);
        }
    }

    /// Of one on which something went wrong: what it had at the broker ends with it. Does not wait for that.
    void discard(Channel channel) {
        if (channel.isOpen()) {
            Thread.startVirtualThread(() -> Channels.close(channel));
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        var open = present;
        if (open != null) {
            BrokerConnections.abort(open);
        }
    }

    private Connection connection() throws IOException {
        turn.lock();
        try {
            var open = present;
            if (open != null && open.isOpen()) {
                return open;
            }
            if (closed) {
                throw new IOException("the worker has stopped");
            }
            var before = failure;
            if (before != null && System.nanoTime() - next < 0) {
                throw new IOException(before.getMessage(), before);
            }
            return opened();
        } finally {
            turn.unlock();
        }
    }

    private Connection opened() throws IOException {
        try {
            var open = opening.open();
            present = open;
            failure = null;
            failures = 0;
            if (closed) {
                // while it was opened, when there was nothing to close yet
                close();
            }
            return open;
        } catch (IOException e) {
            failure = e;
            next = System.nanoTime() + PAUSES.after(++failures).toNanos();
            throw e;
        }
    }
}
