package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.workload.Workloads;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The pools that reconciles came for, as they were then. The SDK loses one that is created while the end of its
/// namesake is being told, as `kubectl replace --force` does, and any change that falls into a write of its own: the
/// answer to that has the change already, and the reconcile that writes has not.
public final class KnownPools {

    private final Map<ResourceID, Heard> reconciled = new ConcurrentHashMap<>();
    private final Workloads workloads;
    private final Consumer<ResourceID> wake;

    /// @param wake has a pool reconciled, whether the SDK knows it or not
    public KnownPools(Workloads workloads, Consumer<ResourceID> wake) {
        this.workloads = workloads;
        this.wake = wake;
    }

    /// @return the uid of the one in whose place it stands, where nobody told its end
    Optional<String> replacedBy(TaskWorkerPool pool) {
        var now = Heard.of(pool);
        return Optional.ofNullable(reconciled.put(ResourceID.fromResource(pool), now))
                .map(Heard::uid)
                .filter(uid -> !uid.equals(now.uid()));
    }

    void isGone(ResourceID pool) {
        reconciled.remove(pool);
    }

    /// Wakes the pools that are there, as they are, and that no reconcile came for.
    public void wakeOverlooked() {
        workloads.pools().stream()
                .filter(pool -> !Heard.of(pool).equals(reconciled.get(ResourceID.fromResource(pool))))
                .map(ResourceID::fromResource)
                .forEach(wake);
    }
}
