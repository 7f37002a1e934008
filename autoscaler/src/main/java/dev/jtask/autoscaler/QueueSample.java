package dev.jtask.autoscaler;

import org.jspecify.annotations.Nullable;

/// What the broker says of one queue. Null means that it does not say; that is never the same as zero.
///
/// @param ready messages that wait for a worker
/// @param unacked messages that workers hold
/// @param consumers consumers of the queue, one for each pod
/// @param published messages ever put into the queue, a counter that restarts with the broker
/// @param acked messages ever acknowledged, likewise
public record QueueSample(
        String name,
        @Nullable Long ready,
        @Nullable Long unacked,
        @Nullable Long consumers,
        @Nullable Long published,
        @Nullable Long acked) {

    /// A queue of which nothing is known.
    public static QueueSample unknown(String name) {
        return new QueueSample(name, null, null, null, null, null);
    }
}
