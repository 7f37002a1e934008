package dev.jtask.autoscaler;

import dev.jtask.autoscaler.Terms.QueueTerms;
import java.util.List;

/// How many pods the objective asks for, as a real number.
///
/// @param replicas pods, not rounded
record Need(double replicas, Terms terms) {

    /// What waits needs a pod, however short its tasks are: far above what rounding takes for nothing.
    private static final double LEAST_OF_WAITING = 1e-6;

    static Need of(Estimate seen, ScalingPolicy policy) {
        return switch (policy.objective()) {
            case Objective.DrainTime(var within) -> {
                double objective = within.toNanos() / 1e9;
                // pods that start late do not make the time that is left arbitrarily short
                double time = Math.max(objective - seen.startupSeconds(), objective / 2);
                var queues = seen.queues().stream()
                        .map(queue -> terms(queue, time, policy.targetUtilization()))
                        .toList();
                double slots = queues.stream().mapToDouble(QueueTerms::slots).sum();
                yield new Need(atLeast(seen, slots / policy.slotsPerReplica()), terms(queues, seen, time));
            }
            case Objective.BacklogPerReplica(int messages) -> {
                var queues = seen.queues().stream()
                        .map(queue -> terms(queue, 0, 0, 0))
                        .toList();
                long depth = seen.queues().stream()
                                .mapToLong(Estimate.Queue::backlog)
                                .sum()
                        + seen.unacked();
                yield new Need(atLeast(seen, (double) depth / messages), terms(queues, seen, 0));
            }
        };
    }

    private static double atLeast(Estimate seen, double replicas) {
        boolean waits = seen.queues().stream().anyMatch(queue -> queue.backlog() > 0);
        return waits ? Math.max(LEAST_OF_WAITING, replicas) : replicas;
    }

    /// Within the time that is left a slot does no more than one task that takes longer than it, and a task that runs
    /// may outlast it.
    private static QueueTerms terms(Estimate.Queue queue, double time, double utilization) {
        double busy = Math.min(queue.busySeconds(), time);
        return terms(
                queue,
                queue.arrivalRate() * busy / utilization,
                queue.backlog() * busy / time,
                queue.running() * Math.max(0, 1 - time / queue.busySeconds()));
    }

    private static QueueTerms terms(Estimate.Queue queue, double arrivals, double backlog, double running) {
        return new QueueTerms(
                queue.name(),
                queue.backlog(),
                queue.running(),
                queue.arrivalRate(),
                queue.busySeconds(),
                queue.rateKnown(),
                queue.learned(),
                queue.share(),
                arrivals,
                backlog,
                running);
    }

    private static Terms terms(List<QueueTerms> queues, Estimate seen, double time) {
        return new Terms(
                queues,
                seen.waiting(),
                seen.running().busySlots(),
                seen.running().busyPods(),
                seen.startupSeconds(),
                time);
    }
}
