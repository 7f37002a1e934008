package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Guards;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.Share;
import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import dev.jtask.crds.v1alpha1.ScalingGuards;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.protocol.time.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the operator before this one learned of a pool, as the pool's status has it: a restart is no reason to assume.
///
/// @param shares its parts of queues that other pools consumed as well
/// @param meeting those that are not met when it is over are taken to be gone
record Learned(PoolState state, Map<String, Share> shares, Wait meeting) {

    static final Learned NOTHING = new Learned(PoolState.EMPTY, Map.of(), Wait.OVER);

    /// A thousand pools are all met by then.
    private static final Duration ALL_ARE_MET = Duration.ofMinutes(1);

    Learned {
        shares = Map.copyOf(shares);
    }

    static Learned of(TaskWorkerPool pool, Instant now) {
        try {
            return Optional.ofNullable(pool.getStatus())
                    .map(TaskWorkerPoolStatus::scaling)
                    .map(scaling -> of(scaling, now))
                    .orElse(NOTHING);
        } catch (RuntimeException e) {
            // a status that somebody else wrote may lack anything: the pool is served, as a new one
            return NOTHING;
        }
    }

    private static Learned of(ScalingStatus scaling, Instant now) {
        var guards = guards(scaling.guards());
        var terms = scaling.terms();
        if (terms == null) {
            return new Learned(PoolState.knowing(null, Map.of(), guards, now), Map.of(), Wait.OVER);
        }
        var busySeconds = new HashMap<String, Double>();
        var shares = new HashMap<String, Share>();
        for (var queue : terms.queues()) {
            var seconds = queue.busySeconds();
            if (seconds != null) {
                busySeconds.put(queue.name(), seconds);
            }
            var percent = queue.sharePercent();
            if (percent != null) {
                shares.put(queue.name(), new Share(percent / 100.0, "pools that have not been met again yet"));
            }
        }
        var longest = Objects.requireNonNullElse(terms.longestSeconds(), 0.0);
        return new Learned(
                PoolState.knowing(terms.startupSeconds(), busySeconds, guards, now)
                        .lasting(longest),
                shares,
                Wait.of(now, ALL_ARE_MET));
    }

    /// Its parts of shared queues: those known now, but no larger than before while some pools may not be met again
    /// yet.
    Map<String, Share> shares(Map<String, Share> met, Instant now) {
        if (meeting.isOver(now)) {
            return met;
        }
        var known = new HashMap<>(met);
        shares.forEach((queue, before) ->
                known.merge(queue, before, (one, other) -> one.part() <= other.part() ? one : other));
        return known;
    }

    private static Guards guards(@Nullable ScalingGuards told) {
        return told == null
                ? Guards.NONE
                : new Guards(
                        Optional.ofNullable(told.failing())
                                .map(failing -> new Runs(failing.ended(), failing.failed(), failing.redelivered()))
                                .orElse(null),
                        Optional.ofNullable(told.held()).map(Learned::held).orElse(null),
                        Optional.ofNullable(told.measured())
                                .map(Learned::measured)
                                .orElse(null));
    }

    private static Guards.Held held(ScalingGuards.Held held) {
        return new Guards.Held(
                held.pods(),
                held.brought(),
                Instant.parse(held.until()),
                Duration.ofSeconds(held.pauseSeconds()),
                held.onTrial());
    }

    private static Guards.Measured measured(ScalingGuards.Measured measured) {
        var work = new HashMap<String, Work>();
        measured.queues().forEach(queue -> work.put(queue.name(), new Work(queue.busySeconds(), queue.ended())));
        return new Guards.Measured(
                measured.pods(),
                Instant.parse(measured.since()),
                Instant.parse(measured.until()),
                measured.longestSeconds(),
                work);
    }
}
