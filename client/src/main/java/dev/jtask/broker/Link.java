package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection of the sender with its lanes: one for many messages at once and one for those that must be alone. For
/// the sender's thread alone.
final class Link {

    /// A connection that lasts so long is a good one, also when nothing was sent.
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Connection connection;
    private final FlowControl control;
    private final Runnable changed;
    private final long since = System.nanoTime();
    private @Nullable Lane together;
    private @Nullable Lane alone;
    private boolean settled;
    private volatile boolean suspect;

    /// @param changed called on the connection's thread when there may be something to do
    Link(Connection connection, Runnable changed) {
        this.connection = connection;
        this.changed = changed;
        this.control = new FlowControl(connection, changed);
    }

    Connection connection() {
        return connection;
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /// Why the broker takes nothing; null while it does.
    @Nullable
    String reason() {
        return control.reason();
    }

    /// The lane for this publication, or null while it has to wait for others.
    ///
    /// One that may have made the broker close a connection has this one for itself, so that no other is blamed.
    @Nullable
    Lane laneFor(Publication publication) throws IOException {
        if (!control.isOpen()) {
            return null;
        }
        boolean aloneIsFree = alone == null || alone.inFlight() == 0;
        if (publication.way() == Publication.Way.TOGETHER) {
            return suspect && !aloneIsFree ? null : together();
        }
        if (!aloneIsFree) {
            return null;
        }
        suspect = publication.isSuspect();
        return suspect && together != null && together.inFlight() > 0 ? null : alone();
    }

    /// Whether the broker has answered for anything on it, so that its loss is a new one.
    boolean hasProgressed() {
        return settled || hasSettled(together) || hasSettled(alone) || System.nanoTime() - since > STEADY_NANOS;
    }

    /// Ends its lanes; whatever is in them comes back.
    void close() {
        if (together != null) {
            together.close();
        }
        if (alone != null) {
            alone.close();
        }
    }

    private Lane together() throws IOException {
        together = open(together, this::settledTogether);
        return together;
    }

    private Lane alone() throws IOException {
        alone = open(alone, changed);
        return alone;
    }

    private void settledTogether() {
        if (suspect) {
            changed.run();
        }
    }

    private Lane open(@Nullable Lane lane, Runnable after) throws IOException {
        if (lane != null && lane.isOpen()) {
            return lane;
        }
        settled |= hasSettled(lane);
        return Lane.on(connection, after);
    }

    private static boolean hasSettled(@Nullable Lane lane) {
        return lane != null && lane.hasSettled();
    }
}
