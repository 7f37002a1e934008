package dev.jtask.autoscaler;

import dev.jtask.autoscaler.PoolState.Totals;
import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the pods run: from their workers' reports where there are any, else from what the broker has not been told of.
///
/// @param busySlots slots that are busy, never more than started pods have
/// @param byQueue the same, by queue; shares of slots where a pod runs tasks of several
/// @param done what workers did since the last look, by queue; null when no worker says anything
/// @param lately the same, with no more than a first look takes of what may be long ago
/// @param runs what came of runs lately; null when no worker says anything
/// @param busyPods pods of which something would be cut off
/// @param silentPods pods that may run something and say nothing
record Running(
        double busySlots,
        Map<String, Double> byQueue,
        @Nullable Map<String, Work> done,
        @Nullable Map<String, Work> lately,
        @Nullable Runs runs,
        int busyPods,
        int silentPods,
        double oldestSeconds) {

    /// Longer than a pod is silent, and a pool not looked at, by chance.
    private static final int TICKS_OF_A_GAP = 4;

    private static final Duration SHORTEST_GAP = Duration.ofSeconds(20);

    static Running of(PoolState before, Sample.Seen sample, ScalingPolicy policy, Instant now) {
        int slotsPerPod = policy.slotsPerReplica();
        var reports = sample.pods().stream()
                .map(PodSample::report)
                .filter(Objects::nonNull)
                .toList();
        int silent = count(sample.pods(), PodSample::isSilent);
        double unacked = sample.queues().stream()
                .mapToDouble(queue -> unacked(queue, sample))
                .sum();
        double said = reports.stream().mapToDouble(WorkerReport::busySlots).sum();
        // a pod that is not ready takes no more tasks, and runs those that it took
        double slots =
                (double) Math.max(sample.replicas().ready(), count(sample.pods(), PodSample::started)) * slotsPerPod;
        double busy = reports.isEmpty()
                ? Math.min(unacked, slots)
                : Math.min(slots, said + Math.clamp(unacked - said, 0, (double) silent * slotsPerPod));
        var done = reports.isEmpty() ? null : done(before, sample.pods(), Instant.MIN);
        // of pods that say nothing, as many as tasks can be with them
        double held =
                sample.queues().stream().mapToDouble(QueueSample::heldAtMost).sum();
        int busyPods =
                count(sample.pods(), PodSample::isBusy) + (int) Math.min(silent, Math.ceil(Math.max(0, held - said)));
        double oldest =
                reports.stream().mapToDouble(WorkerReport::oldestSeconds).max().orElse(0);
        return new Running(
                busy,
                shares(busy, done, sample),
                done,
                done == null ? null : done(before, sample.pods(), now.minus(gap(SHORTEST_GAP, policy))),
                done == null
                        ? null
                        : runs(
                                before,
                                sample.pods(),
                                now.minus(gap(policy.fuse().within(), policy))),
                busyPods,
                silent,
                oldest);
    }

    static Duration gap(Duration least, ScalingPolicy policy) {
        return Collections.max(List.of(least, policy.tick().multipliedBy(TICKS_OF_A_GAP)));
    }

    private static int count(List<PodSample> pods, Predicate<PodSample> which) {
        return (int) pods.stream().filter(which).count();
    }

    /// Slots belong to the queues that kept them busy since the last look, or else to those with messages out.
    private static Map<String, Double> shares(double busy, @Nullable Map<String, Work> done, Sample.Seen sample) {
        var weights = new HashMap<String, Double>();
        for (var queue : sample.queues()) {
            weights.put(
                    queue.name(),
                    done == null
                            ? unacked(queue, sample)
                            : done.getOrDefault(queue.name(), Work.NONE).busySeconds());
        }
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        weights.replaceAll((queue, weight) -> sum > 0 ? busy * weight / sum : busy / weights.size());
        return weights;
    }

    /// @param earliest of what was done since a moment before this only little is taken
    private static Map<String, Work> done(PoolState before, List<PodSample> pods, Instant earliest) {
        var done = new HashMap<String, Work>();
        for (var pod : pods) {
            var report = pod.report();
            if (report != null) {
                // at the first look of all the work of before says at least how long tasks take
                since(before, pod, Totals.NONE)
                        .ifPresent(base -> report.work()
                                .forEach((queue, work) ->
                                        done.merge(queue, base.work(queue, work, earliest), Work::plus)));
            }
        }
        return done;
    }

    /// What a pod did before the watching began may be long ago, and so may what it did while nobody watched.
    ///
    /// @param earliest what was done since a moment before this does not count
    private static Runs runs(PoolState before, List<PodSample> pods, Instant earliest) {
        var sum = Runs.NONE;
        for (var pod : pods) {
            var report = pod.report();
            var base = since(before, pod, null);
            if (report != null && base.isPresent() && !base.get().isBefore(earliest)) {
                sum = sum.plus(report.runs().since(base.get().totals().runs()));
            }
        }
        return sum;
    }

    /// What is to be taken off a pod's totals; empty where these are not known to be of the time since the last look.
    ///
    /// @param atFirst the same at the first look of all
    private static Optional<Base> since(PoolState before, PodSample pod, @Nullable Totals atFirst) {
        var old = before.pods().get(pod.id());
        return Optional.ofNullable(old != null ? old.told() : before.lastLook() != null ? Totals.NONE : atFirst)
                .map(totals -> new Base(totals, old != null ? old.toldAt() : before.lastLook()));
    }

    /// What is to be taken off a pod's totals.
    ///
    /// @param at whose moment that is, null at the first look of all
    private record Base(Totals totals, @Nullable Instant at) {

        boolean isBefore(Instant earliest) {
            return at != null && at.isBefore(earliest);
        }

        Work work(String queue, Work now, Instant earliest) {
            var done = now.since(totals.work().getOrDefault(queue, Work.NONE));
            return isBefore(earliest) ? ServiceTime.atMost(done) : done;
        }
    }

    private static double unacked(QueueSample queue, Sample.Seen sample) {
        return sample.part(queue.name()) * Objects.requireNonNullElse(queue.unacked(), 0L);
    }
}
