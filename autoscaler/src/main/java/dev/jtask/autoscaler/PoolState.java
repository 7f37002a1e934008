package dev.jtask.autoscaler;

import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is remembered of a pool from tick to tick. Immutable; a new pool and a restarted operator begin with [#EMPTY].
///
/// @param startupSeconds the median time to first readiness, null until seen
/// @param longestSeconds the longest that a task was seen to run
/// @param lastLook when the pool was last seen, null before
public record PoolState(
        Map<String, QueueState> queues,
        Map<String, Pod> pods,
        @Nullable Double startupSeconds,
        double longestSeconds,
        @Nullable Instant lastLook,
        Remembered remembered) {

    public static final PoolState EMPTY = new PoolState(
            Map.of(), Map.of(), null, 0, null, new Remembered(List.of(), null, Fuse.WHOLE, Yield.UNKNOWN));

    /// A pod, while it is there.
    ///
    /// @param startupSeconds from its creation to its first readiness, null before that
    /// @param watched whether it had not started, or was not there, when it was first looked for
    /// @param told its worker's last totals, null where it said none yet and may have run something before
    /// @param toldAt of which moment these are
    record Pod(
            @Nullable Double startupSeconds,
            boolean watched,
            @Nullable Totals told,
            @Nullable Instant toldAt) {}

    /// What a worker has done since it started.
    record Totals(Map<String, Work> work, Runs runs) {
        static final Totals NONE = new Totals(Map.of(), Runs.NONE);

        Totals {
            work = Map.copyOf(work);
        }

        static Totals of(WorkerReport report) {
            return new Totals(report.work(), report.runs());
        }
    }

    /// The pods that were right at a moment.
    ///
    /// @param assumed whether that rested on an assumed service time
    /// @param basis what it rested on beside that
    record Recommendation(Instant at, double replicas, boolean assumed, Basis basis) {}

    /// What the limits on the pace need.
    ///
    /// @param lastScaleDown when the size last shrank
    /// @param fuse whether what it runs fails
    /// @param yield whether more pods bring more
    record Remembered(
            List<Recommendation> recommendations, @Nullable Instant lastScaleDown, Fuse fuse, Yield yield) {
        Remembered {
            recommendations = List.copyOf(recommendations);
        }
    }

    public PoolState {
        queues = Map.copyOf(queues);
        pods = Map.copyOf(pods);
    }

    /// Of a pool that was looked after before, by somebody who is gone.
    ///
    /// @param startupSeconds what was told of it, by assumption or not; null where nothing was
    /// @param busySeconds how long a task keeps a slot busy, by queue, where that was seen
    /// @param guards what kept it from growing
    public static PoolState knowing(
            @Nullable Double startupSeconds, Map<String, Double> busySeconds, Guards guards, Instant now) {
        var queues = new HashMap<String, QueueState>();
        // a status may say of the shortest tasks that they take no time, which would need no pods
        busySeconds.forEach((queue, seconds) ->
                queues.put(queue, QueueState.NEW.learning(Work.NONE, Math.max(ServiceTime.LEAST_SECONDS, seconds))));
        return new PoolState(
                queues,
                Map.of(),
                startupSeconds != null && startupSeconds == Startup.ASSUMED_SECONDS ? null : startupSeconds,
                0,
                null,
                new Remembered(List.of(), null, Fuse.of(guards.failing(), now), Yield.of(guards, now)));
    }

    /// The same at another broker: tasks take as long, but its counters and depths are of other queues.
    public PoolState elsewhere() {
        return new PoolState(
                queues.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, queue -> queue.getValue().elsewhere())),
                pods,
                startupSeconds,
                longestSeconds,
                lastLook,
                remembered);
    }

    /// What keeps the pool from growing.
    public Guards guards() {
        var yield = remembered.yield();
        var base = yield.base();
        var cap = yield.cap();
        return new Guards(
                remembered.fuse().failing(), cap == null ? null : cap.held(), base == null ? null : base.measured());
    }

    QueueState queue(String name) {
        return queues.getOrDefault(name, QueueState.NEW);
    }

    PoolState remembering(Remembered fresh) {
        return new PoolState(queues, pods, startupSeconds, longestSeconds, lastLook, fresh);
    }
}
