package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.PoolState;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.ScalingTerms;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import java.util.HashMap;
import java.util.Optional;

/// What the operator before this one learned of a pool, as the pool's status has it: a restart is no reason to assume.
final class Learned {

    private Learned() {}

    static PoolState of(TaskWorkerPool pool) {
        return Optional.ofNullable(pool.getStatus())
                .map(TaskWorkerPoolStatus::scaling)
                .map(ScalingStatus::terms)
                .map(Learned::of)
                .orElse(PoolState.EMPTY);
    }

    private static PoolState of(ScalingTerms terms) {
        var busySeconds = new HashMap<String, Double>();
        for (var queue : terms.queues()) {
            var seconds = queue.busySeconds();
            if (seconds != null) {
                busySeconds.put(queue.name(), seconds);
            }
        }
        return PoolState.knowing(terms.startupSeconds(), busySeconds);
    }
}
