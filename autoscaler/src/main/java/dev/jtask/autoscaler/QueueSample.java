package dev.jtask.autoscaler;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the broker says of one queue. Null means that it does not say; that is never the same as zero.
///
/// @param ready messages that wait for a worker, by the freshest word there is
/// @param unacked messages that workers hold
/// @param consumers consumers of the queue, one for each pod
/// @param published messages ever put into the queue, a counter that restarts with the broker
/// @param acked messages ever acknowledged, likewise
/// @param told messages that waited in the queue itself by the word that came with the counters: as old as they are, so
///     that the two can be laid beside each other
/// @param down whether the broker says that none of its nodes runs the queue at the moment
public record QueueSample(
        String name,
        @Nullable Long ready,
        @Nullable Long unacked,
        @Nullable Long consumers,
        @Nullable Long published,
        @Nullable Long acked,
        @Nullable Long told,
        boolean down) {

    /// Of a queue that runs.
    public QueueSample(
            String name,
            @Nullable Long ready,
            @Nullable Long unacked,
            @Nullable Long consumers,
            @Nullable Long published,
            @Nullable Long acked,
            @Nullable Long told) {
        this(name, ready, unacked, consumers, published, acked, told, false);
    }

    /// All of it by one word.
    public QueueSample(
            String name,
            @Nullable Long ready,
            @Nullable Long unacked,
            @Nullable Long consumers,
            @Nullable Long published,
            @Nullable Long acked) {
        this(name, ready, unacked, consumers, published, acked, ready);
    }

    /// A queue of which nothing is known.
    public static QueueSample unknown(String name) {
        return new QueueSample(name, null, null, null, null, null);
    }

    /// The same of one that no node of the broker runs.
    public QueueSample asDown() {
        return new QueueSample(name, ready, unacked, consumers, published, acked, told, true);
    }

    /// Of a sample as it was told: the same with the messages that wait in the queue at this moment. Those that
    /// wait for it elsewhere stay.
    public QueueSample counting(long waiting) {
        long elsewhere = Objects.requireNonNullElse(ready, 0L) - Objects.requireNonNullElse(told, 0L);
        return new QueueSample(name, waiting + elsewhere, unacked, consumers, published, acked, told, down);
    }

    /// Messages waiting or held when the counters were told.
    long depthTold() {
        return Objects.requireNonNullElse(told, 0L) + Objects.requireNonNullElse(unacked, 0L);
    }

    /// Messages that workers hold at most: those that were waiting when the others were told, and wait no more, may be
    /// with them by now.
    long heldAtMost() {
        long gone = ready == null || told == null ? 0 : Math.max(0, told - ready);
        return Objects.requireNonNullElse(unacked, 0L) + gone;
    }
}
