package dev.jtask.autoscaler;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered of a pool from tick to tick, null where nothing was seen. Immutable; a new pool and a restarted
/// operator begin with [#EMPTY].
///
/// @param counters the last counters of each queue
/// @param history totals since the state began, one point a tick, at most [History#SPAN] old
/// @param busySeconds the last observed time that a task keeps a slot busy
/// @param startupSeconds the last observed start-up time of a pod
/// @param lastArrival when the published counters last grew
/// @param lastAck when the acked counters last grew, or work began
/// @param recommendations sizes that were right at the last ticks, for the stabilization windows
/// @param lastScaleDown when the size last shrank
public record PoolState(
        Map<String, Counters> counters,
        List<History.Point> history,
        @Nullable Double busySeconds,
        @Nullable Double startupSeconds,
        @Nullable Instant lastArrival,
        @Nullable Instant lastAck,
        List<Recommendation> recommendations,
        @Nullable Instant lastScaleDown) {

    public static final PoolState EMPTY = new PoolState(Map.of(), List.of(), null, null, null, null, List.of(), null);

    /// A queue's cumulative counters, 0 while the broker has none.
    public record Counters(long published, long acked) {

        /// A counter that went back belongs to a restarted broker or a new queue: that step tells nothing.
        boolean restartedSince(Counters old) {
            return published < old.published || acked < old.acked;
        }
    }

    /// The size that was right at a moment.
    public record Recommendation(Instant at, int replicas) {}

    public PoolState {
        counters = Map.copyOf(counters);
        history = List.copyOf(history);
        recommendations = List.copyOf(recommendations);
    }

    PoolState recommending(List<Recommendation> stabilized, @Nullable Instant scaledDown) {
        return new PoolState(
                counters, history, busySeconds, startupSeconds, lastArrival, lastAck, stabilized, scaledDown);
    }
}
