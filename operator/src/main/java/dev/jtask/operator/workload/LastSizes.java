package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How large the Deployments of pools were. One that somebody deletes comes back as large: while the pool is paused,
/// has a broker that is away, or is sized by people, nothing would correct another size.
final class LastSizes {

    /// As of `spec.replicas`.
    private static final int MOST = 10_000;

    /// By the pool's uid.
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();

    void seen(TaskWorkerPool pool, Deployment deployment) {
        var replicas = deployment.getSpec().getReplicas();
        seen.put(pool.getMetadata().getUid(), replicas == null ? 1 : replicas);
    }

    /// @return 0 for a pool that is new
    int of(TaskWorkerPool pool) {
        var last = seen.get(pool.getMetadata().getUid());
        return last == null
                ? Optional.ofNullable(pool.getStatus())
                        .map(status -> told(status, pool.getSpec().scaling().mode()))
                        .orElse(0)
                : last;
    }

    void forget(TaskWorkerPool pool) {
        seen.remove(pool.getMetadata().getUid());
    }

    /// Where the operator only recommends, the desired size is none.
    private static int told(TaskWorkerPoolStatus status, ScalingMode mode) {
        var size = Optional.ofNullable(status.scaling())
                .map(mode == ScalingMode.RECOMMEND ? ScalingStatus::deployedReplicas : ScalingStatus::desiredReplicas)
                .orElse(status.replicas());
        return Math.clamp(size, 0, MOST);
    }
}
