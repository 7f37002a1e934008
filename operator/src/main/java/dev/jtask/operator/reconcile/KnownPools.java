package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.workload.Workloads;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The pools that reconciles came for. The SDK loses one that is created while the end of its namesake is being told,
/// as `kubectl replace --force` does: what it hears meanwhile goes with the old one's state.
public final class KnownPools {

    private final Map<ResourceID, String> uids = new ConcurrentHashMap<>();
    private final Workloads workloads;
    private final Consumer<ResourceID> wake;

    /// @param wake has a pool reconciled, whether the SDK knows it or not
    public KnownPools(Workloads workloads, Consumer<ResourceID> wake) {
        this.workloads = workloads;
        this.wake = wake;
    }

    /// Whether it stands in the place of another, whose end nobody told.
    boolean isReconciled(TaskWorkerPool pool) {
        var uid = pool.getMetadata().getUid();
        var before = uids.put(ResourceID.fromResource(pool), uid);
        return before != null && !before.equals(uid);
    }

    void isGone(ResourceID pool) {
        uids.remove(pool);
    }

    /// Wakes the pools that are there and that no reconcile came for.
    public void wakeOverlooked() {
        workloads.pools().stream()
                .filter(pool -> !pool.getMetadata().getUid().equals(uids.get(ResourceID.fromResource(pool))))
                .map(ResourceID::fromResource)
                .forEach(wake);
    }
}
