package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of the sender with its lanes: one for many messages at once, and [Singles] for those that must be
/// alone. For the sender's thread alone.
final class Link {

    /// A connection that lasts so long is a good one, also when nothing was sent.
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);

    /// A broker that cannot bear a message has closed the connection by then.
    private static final long SUSPECT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final Connection connection;
    private final FlowControl control;
    private final Runnable changed;
    private final LongSupplier nanos;
    private final long since = System.nanoTime();
    private final Singles alone;
    private @Nullable Lane together;
    private @Nullable Lane worn;
    private boolean settled;
    /// Those that were to have a lane, and since when.
    private final Map<Publication, Long> suspects = new HashMap<>();

    private @Nullable Trial trial;
    private volatile boolean suspectWaits;

    /// One that has the connection for itself.
    private record Trial(Publication publication, Lane lane, long since) {}

    /// @param changed called on the connection's thread when there may be something to do
    Link(Connection connection, Runnable changed) {
        this(connection, changed, System::nanoTime);
    }

    Link(Connection connection, Runnable changed, LongSupplier nanos) {
        this.connection = connection;
        this.changed = changed;
        this.nanos = nanos;
        this.alone = new Singles(connection, changed, nanos);
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
    /// One that may have made the broker close a connection has this one for itself, so that no other is
    /// blamed; but not for longer than the broker takes to close one.
    @Nullable
    Lane laneFor(Publication publication) throws IOException {
        if (!control.isOpen() || isTrying()) {
            return null;
        }
        if (publication.way() == Publication.Way.TOGETHER) {
            return together();
        }
        suspectWaits = holdsUpOthers(publication);
        if (suspectWaits && (!alone.areFree() || isBusy(together) || isBusy(worn))) {
            return null;
        }
        var lane = alone.next(publication.parcel().route());
        if (lane != null && publication.isSuspect()) {
            trial = new Trial(publication, lane, nanos.getAsLong());
            suspects.remove(publication);
        }
        return lane;
    }

    /// Whether all others wait until this one, the next, has found its lane: for a while, since the broker
    /// may never say anything of what is before it.
    boolean holdsUpOthers(Publication publication) {
        if (!publication.isSuspect() || alone.hold(publication.parcel().route())) {
            return false;
        }
        long now = nanos.getAsLong();
        return now - suspects.computeIfAbsent(publication, first -> now) <= SUSPECT_NANOS;
    }

    /// Whether a suspect is on its way that the broker may still close the connection for.
    private boolean isTrying() {
        var present = trial;
        if (present == null) {
            return false;
        }
        boolean isUnderWay = present.lane().inFlight() > 0;
        if (isUnderWay && nanos.getAsLong() - present.since() <= SUSPECT_NANOS) {
            return true;
        }
        trial = null;
        if (isUnderWay) {
            LOG.warn(
                    "the broker says nothing of a message to '{}', and others wait for it no more; has the queue a leader, and most of its members?",
                    present.publication().parcel().route().name());
            present.publication().clear();
        }
        return false;
    }

    /// Whether a message that must be alone may find a lane.
    boolean hasRoomAlone() {
        return alone.haveRoom();
    }

    /// Whether the broker has answered for anything on it, so that its loss is a new one.
    boolean hasProgressed() {
        return settled
                || (together != null && together.hasSettled())
                || alone.haveSettled()
                || System.nanoTime() - since > STEADY_NANOS;
    }

    /// Ends its lanes; whatever is in them comes back.
    void close() {
        close(together);
        close(worn);
        alone.close();
    }

    private Lane together() throws IOException {
        var present = together;
        if (present != null && present.isOpen() && !(present.isWorn() && retires(present))) {
            return present;
        }
        settled |= present != null && present.hasSettled();
        var opened = Lane.on(connection, this::settledTogether, nanos);
        together = opened;
        return opened;
    }

    /// Takes nothing more and waits for what is in it, unless one before it still does.
    private boolean retires(Lane lane) {
        if (isBusy(worn)) {
            return false;
        }
        close(worn);
        worn = lane;
        return true;
    }

    private void settledTogether() {
        if (suspectWaits) {
            changed.run();
        }
    }

    private static boolean isBusy(@Nullable Lane lane) {
        return lane != null && lane.inFlight() > 0;
    }

    private static void close(@Nullable Lane lane) {
        if (lane != null) {
            lane.close();
        }
    }
}
