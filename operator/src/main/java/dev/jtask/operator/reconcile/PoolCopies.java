package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkiverse.operatorsdk.runtime.config.OverriddenConfigurationService;

/// The SDK's configuration, in which a reconcile gets a pool with metadata of its own and with the spec and status that
/// the cache has: these are values. The SDK writes the whole pool as JSON and reads it again, at every reconcile. It
/// gets a thread of its own as well, where the SDK has fifty for all.
public final class PoolCopies extends OverriddenConfigurationService implements Cloner {

    private final QuarkusConfigurationService all;

    public PoolCopies(QuarkusConfigurationService all) {
        super(
                all,
                ConfigurationService.newOverriddenConfigurationService(
                        all, changes -> changes.withExecutorService(ReconcileThreads.open())));
        this.all = all;
    }

    @Override
    public KubernetesClient getKubernetesClient() {
        return all.getKubernetesClient();
    }

    @Override
    public Cloner getResourceCloner() {
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // nothing is a pool but that final class
    public <R extends HasMetadata> R clone(R object) {
        return object instanceof TaskWorkerPool pool
                ? (R) copy(pool)
                : all.getResourceCloner().clone(object);
    }

    static TaskWorkerPool copy(TaskWorkerPool pool) {
        var copy = new TaskWorkerPool();
        copy.setMetadata(new ObjectMetaBuilder(pool.getMetadata()).build());
        copy.setSpec(pool.getSpec());
        copy.setStatus(pool.getStatus());
        return copy;
    }
}
