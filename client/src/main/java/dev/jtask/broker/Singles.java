package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import dev.jtask.protocol.message.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The lanes of one connection for messages that must be alone, each with one at a time, so that a channel that the
/// broker closes means this one. There is a second only where the broker says nothing of the first for a while, as of a
/// quorum queue that has lost its majority: the others must not wait for that. For the sender's thread alone.
final class Singles {

    /// A broker that has room has confirmed a large message by then.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int MOST = 8;

    private final Connection connection;
    private final Runnable changed;
    private final LongSupplier nanos;
    private final List<Lane> lanes = new ArrayList<>();
    private long latest;
    private boolean settled;

    /// @param changed called on the connection's thread after something has left a lane
    Singles(Connection connection, Runnable changed, LongSupplier nanos) {
        this.connection = connection;
        this.changed = changed;
        this.nanos = nanos;
    }

    /// One with nothing in it, to be used at once; null while there is none, or one has a message that goes there.
    @Nullable
    Lane next(Route route) throws IOException {
        if (hold(route)) {
            return null;
        }
        var next = free();
        if (next == null && mayOpen()) {
            next = Lane.on(connection, changed, nanos);
            lanes.add(next);
        }
        if (next != null) {
            latest = nanos.getAsLong();
        }
        return next;
    }

    /// Whether one has a message that goes there, of which the broker says nothing yet.
    boolean hold(Route route) {
        return lanes.stream().anyMatch(lane -> lane.holds(route));
    }

    /// Whether there is a lane for a message that none of them keeps waiting.
    boolean haveRoom() {
        return mayOpen() || lanes.stream().anyMatch(lane -> !lane.isOpen() || lane.inFlight() == 0);
    }

    boolean areFree() {
        return lanes.stream().allMatch(lane -> lane.inFlight() == 0);
    }

    /// Whether the broker has answered for any message.
    boolean haveSettled() {
        return settled || lanes.stream().anyMatch(Lane::hasSettled);
    }

    void close() {
        lanes.forEach(Lane::close);
    }

    private @Nullable Lane free() {
        for (var lane : List.copyOf(lanes)) {
            if (!lane.isOpen()) {
                settled |= lane.hasSettled();
                lanes.remove(lane);
            } else if (lane.inFlight() == 0 && lane.isWorn()) {
                settled = true;
                lanes.remove(lane);
                lane.close();
            } else if (lane.inFlight() == 0) {
                return lane;
            }
        }
        return null;
    }

    private boolean mayOpen() {
        return lanes.isEmpty() || (lanes.size() < MOST && nanos.getAsLong() - latest > PATIENCE_NANOS);
    }
}
