package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The pools and what runs for them, from a cache.
public interface Workloads {

    /// All pools that there are.
    List<TaskWorkerPool> pools();

    /// The pool's own Deployment.
    Optional<Deployment> deployment(TaskWorkerPool pool);

    /// The pool's pods that are active: not on their way out, and not ended.
    List<Pod> pods(TaskWorkerPool pool);

    /// How many pods each pool's Deployment asks for, by the pool's namespace and name; one that stayed when its pool
    /// went is no pool's.
    default Map<String, Integer> sizes() {
        var sizes = new HashMap<String, Integer>();
        for (var pool : pools()) {
            deployment(pool)
                    .ifPresent(deployment -> sizes.put(
                            pool.getMetadata().getNamespace() + "/"
                                    + pool.getMetadata().getName(),
                            Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1)));
        }
        return sizes;
    }
}
