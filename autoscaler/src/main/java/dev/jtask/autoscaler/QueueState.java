package dev.jtask.autoscaler;

import dev.jtask.autoscaler.History.Point;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered of one queue from tick to tick.
///
/// @param counters the last that the broker told
/// @param depth messages ready or unacknowledged at that time
/// @param ackedLast how many were acknowledged in the last step
/// @param history totals since the watching began
/// @param work what workers did for it, older work weighing less
/// @param busySeconds how long a task keeps a slot busy, null until that was seen
/// @param lastAck when the acked counter last grew, or work began
/// @param lastArrival when a message last arrived
/// @param counted what was counted at the last look, null where it could not be
record QueueState(
        Counters counters,
        long depth,
        double ackedLast,
        List<Point> history,
        Work work,
        @Nullable Double busySeconds,
        @Nullable Instant lastAck,
        @Nullable Instant lastArrival,
        @Nullable Counted counted) {

    static final QueueState NEW = new QueueState(Counters.UNTOLD, 0, 0, List.of(), Work.NONE, null, null, null, null);

    /// Exact at one moment, as far as the workers say what they run.
    ///
    /// @param ready messages that wait
    /// @param busy slots that messages keep busy
    record Counted(long ready, double busy) {}

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
        return new QueueState(counters, depth, ackedLast, history, done, seconds, lastAck, lastArrival, counted);
    }

    QueueState counting(@Nullable Counted now) {
        return new QueueState(counters, depth, ackedLast, history, work, busySeconds, lastAck, lastArrival, now);
    }

    /// The same by a clock that was put back.
    QueueState moved(Duration by) {
        return new QueueState(
                counters,
                depth,
                ackedLast,
                history.stream().map(point -> point.moved(by)).toList(),
                work,
                busySeconds,
                PoolState.moved(lastAck, by),
                PoolState.moved(lastArrival, by),
                counted);
    }

    /// A queue of which only is known how long its tasks take.
    QueueState elsewhere() {
        return NEW.learning(work, busySeconds);
    }

    /// One of which nothing is known: its counters go on unseen, and may be another node's when they are told again.
    QueueState unseen() {
        return new QueueState(counters.untold(), 0, 0, List.of(), work, busySeconds, null, null, null);
    }

    /// Counters that are to be gone on from, without a word of how they came there.
    QueueState from(Counters fresh, long depthNow) {
        return new QueueState(fresh, depthNow, 0, history, work, busySeconds, lastAck, lastArrival, counted);
    }
}
