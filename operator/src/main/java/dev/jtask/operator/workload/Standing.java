package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolSpec;
import dev.jtask.operator.secret.BrokerSecret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The Deployments that were found to be what they shall be: until something changes of all that it depends on, nobody
/// has to find it out again. It is asked at each look at one of a thousand pools.
final class Standing {

    /// @param version of the Deployment, which changes with any write to it
    private record Found(TaskWorkerPoolSpec spec, BrokerSecret secret, String version) {}

    /// By the pool's uid.
    private final Map<String, Found> all = new ConcurrentHashMap<>();

    boolean holds(TaskWorkerPool pool, BrokerSecret secret, Deployment actual) {
        var known = all.get(pool.getMetadata().getUid());
        var now = what(pool, secret, actual);
        return now != null && now.equals(known);
    }

    void found(TaskWorkerPool pool, BrokerSecret secret, Deployment actual) {
        var now = what(pool, secret, actual);
        if (now != null) {
            all.put(pool.getMetadata().getUid(), now);
        }
    }

    void forget(TaskWorkerPool pool) {
        all.remove(pool.getMetadata().getUid());
    }

    private static @Nullable Found what(TaskWorkerPool pool, BrokerSecret secret, Deployment actual) {
        var version = actual.getMetadata().getResourceVersion();
        return version == null ? null : new Found(pool.getSpec(), secret, version);
    }
}
