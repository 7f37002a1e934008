package dev.jtask.autoscaler;

import dev.jtask.autoscaler.History.Point;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered of one queue from tick to tick.
///
/// @param counters the last that the broker told, null before
/// @param depth messages ready or unacknowledged at that time
/// @param ackedLast how many were acknowledged in the last step
/// @param history totals since the watching began
/// @param work what workers did for it, older work weighing less
/// @param busySeconds how long a task keeps a slot busy, null until that was seen
/// @param lastAck when the acked counter last grew, or work began
/// @param lastArrival when a message last arrived
record QueueState(
        @Nullable Counters counters,
        long depth,
        double ackedLast,
        List<Point> history,
        Work work,
        @Nullable Double busySeconds,
        @Nullable Instant lastAck,
        @Nullable Instant lastArrival) {

    static final QueueState NEW = new QueueState(null, 0, 0, List.of(), Work.NONE, null, null, null);

    /// A queue's cumulative counters, which begin again with the broker.
    record Counters(long published, long acked) {

        /// A counter that went back belongs to a restarted broker or a new queue: that step tells nothing.
        boolean restartedSince(Counters old) {
            return published < old.published || acked < old.acked;
        }
    }

    QueueState {
        history = List.copyOf(history);
    }

    /// Whether runs have ended lately, so that the service time is more than a lower bound.
    boolean isMeasured() {
        if (busySeconds == null) {
            return false;
        }
        return work.equals(Work.NONE)
                ? !history.isEmpty()
                        && history.getLast().acked() - history.getFirst().acked() >= ServiceTime.ENOUGH_RUNS
                : work.ended() >= ServiceTime.ENOUGH_RUNS;
    }

    QueueState learning(Work done, @Nullable Double seconds) {
        return new QueueState(counters, depth, ackedLast, history, done, seconds, lastAck, lastArrival);
    }
}
