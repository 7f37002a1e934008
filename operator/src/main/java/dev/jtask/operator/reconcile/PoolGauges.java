package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/// The pools' figures as metrics: what the status says, NaN where it says nothing.
public final class PoolGauges {

    private final MeterRegistry registry;
    private final Map<ResourceID, TaskWorkerPoolStatus> shown = new ConcurrentHashMap<>();
    private final Map<ResourceID, List<Meter>> meters = new ConcurrentHashMap<>();

    public PoolGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(TaskWorkerPool pool, TaskWorkerPoolStatus status) {
        var id = ResourceID.fromResource(pool);
        shown.put(id, status);
        meters.computeIfAbsent(
                id,
                any -> List.of(
                        gauge(id, "jtask.pool.backlog", "Messages waiting or being worked on", PoolGauges::backlog),
                        gauge(id, "jtask.pool.desired.replicas", "Pods the backlog needs", PoolGauges::desired),
                        gauge(id, "jtask.pool.replicas", "Pods that exist", TaskWorkerPoolStatus::replicas),
                        gauge(id, "jtask.pool.ready.replicas", "Pods that work", TaskWorkerPoolStatus::readyReplicas)));
    }

    void forget(ResourceID id) {
        shown.remove(id);
        Optional.ofNullable(meters.remove(id)).ifPresent(gone -> gone.forEach(registry::remove));
    }

    private Meter gauge(ResourceID id, String name, String description, ToDoubleFunction<TaskWorkerPoolStatus> figure) {
        return Gauge.builder(
                        name,
                        shown,
                        all -> Optional.ofNullable(all.get(id))
                                .map(figure::applyAsDouble)
                                .orElse(Double.NaN))
                .description(description)
                .tag("namespace", id.getNamespace().orElse(""))
                .tag("pool", id.getName())
                .register(registry);
    }

    private static double backlog(TaskWorkerPoolStatus status) {
        var backlog = status.backlog();
        return backlog == null ? Double.NaN : backlog;
    }

    private static double desired(TaskWorkerPoolStatus status) {
        return Optional.ofNullable(status.scaling())
                .map(ScalingStatus::desiredReplicas)
                .map(Integer::doubleValue)
                .orElse(Double.NaN);
    }
}
