package dev.jtask.autoscaler;

import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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

    /// Of two looks the later one is later, if by nothing else.
    private static final Duration LEAST = Duration.ofMillis(1);

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
            @Nullable Instant toldAt) {

        Pod moved(Duration by) {
            return new Pod(startupSeconds, watched, told, PoolState.moved(toldAt, by));
        }
    }

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
    record Recommendation(Instant at, double replicas, boolean assumed, Basis basis) {

        Recommendation moved(Duration by) {
            return new Recommendation(at.plus(by), replicas, assumed, basis);
        }
    }

    /// A step down.
    ///
    /// @param from the size before it
    /// @param to the size that was decided, which may not have been written
    record ScaleDown(Instant at, int from, int to) {

        ScaleDown moved(Duration by) {
            return new ScaleDown(at.plus(by), from, to);
        }
    }

    /// What the limits on the pace need.
    ///
    /// @param lastScaleDown null where there was none
    /// @param fuse whether what it runs fails
    /// @param yield whether more pods bring more
    record Remembered(
            List<Recommendation> recommendations, @Nullable ScaleDown lastScaleDown, Fuse fuse, Yield yield) {
        Remembered {
            recommendations = List.copyOf(recommendations);
        }

        Remembered moved(Duration by) {
            return new Remembered(
                    recommendations.stream().map(each -> each.moved(by)).toList(),
                    lastScaleDown == null ? null : lastScaleDown.moved(by),
                    fuse.moved(by),
                    yield.moved(by));
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

    /// The same where somebody saw a task run so long.
    public PoolState lasting(double longest) {
        return new PoolState(queues, pods, startupSeconds, longest, lastLook, remembered);
    }

    /// The same at another broker: tasks take as long, but its counters and depths are of other queues.
    public PoolState elsewhere() {
        return new PoolState(
                values(queues, QueueState::elsewhere), pods, startupSeconds, longestSeconds, lastLook, remembered);
    }

    /// The same where a clock was put back: next to no time has passed since the last look, and what was still to come
    /// is as far ahead as it was.
    PoolState asOf(Instant now) {
        if (lastLook == null || !now.isBefore(lastLook)) {
            return this;
        }
        var look = now.minus(LEAST);
        var by = Duration.between(lastLook, look);
        return new PoolState(
                values(queues, queue -> queue.moved(by)),
                values(pods, pod -> pod.moved(by)),
                startupSeconds,
                longestSeconds,
                look,
                remembered.moved(by));
    }

    private static <V> Map<String, V> values(Map<String, V> all, UnaryOperator<V> change) {
        return all.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> change.apply(one.getValue())));
    }

    /// A moment as a clock has it that was put back.
    ///
    /// @param by below zero
    static @Nullable Instant moved(@Nullable Instant at, Duration by) {
        return at == null ? null : at.plus(by);
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
