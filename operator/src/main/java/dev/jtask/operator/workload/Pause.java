package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import java.util.Map;
import java.util.Objects;

/// What people stop by an annotation or a field, for as long as it is there.
public final class Pause {

    private static final String SIZE = "jtask.dev/paused";
    /// Named in messages as well.
    public static final String RECONCILIATION = "jtask.dev/pause-reconciliation";

    private Pause() {}

    /// Whether the pool keeps its size.
    public static boolean ofSize(TaskWorkerPool pool) {
        return pool.getSpec().scaling().paused() || isMarked(pool, SIZE) || ofReconciliation(pool);
    }

    /// Whether nothing of the pool is written but its status: not its Deployment, its replicas, its queues.
    public static boolean ofReconciliation(TaskWorkerPool pool) {
        return isMarked(pool, RECONCILIATION);
    }

    private static boolean isMarked(TaskWorkerPool pool, String annotation) {
        return "true"
                .equals(Objects.requireNonNullElse(pool.getMetadata().getAnnotations(), Map.<String, String>of())
                        .get(annotation));
    }
}
