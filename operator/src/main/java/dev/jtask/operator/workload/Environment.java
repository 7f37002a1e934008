package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;
import java.util.stream.Collectors;

/// The variables that tell a worker what to do.
final class Environment implements Contributor {

    static final String CONCURRENCY = "JTASK_CONCURRENCY";

    @Override
    public void contribute(TaskWorkerPool pool, BrokerSecret secret, PodDraft draft) {
        var spec = pool.getSpec();
        draft.worker
                .addNewEnv()
                .withName("JTASK_POD_NAME")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("JTASK_NODE_NAME")
                .withValue(pool.getMetadata().getName() + "@$(JTASK_POD_NAME)")
                .endEnv()
                .addNewEnv()
                .withName("JTASK_QUEUES")
                .withValue(literally(spec.queues().stream().map(QueueSpec::name).collect(Collectors.joining(","))))
                .endEnv()
                .addNewEnv()
                .withName(CONCURRENCY)
                .withValue(spec.concurrency().toString())
                .endEnv()
                .addNewEnv()
                .withName("JTASK_HTTP_HOST")
                .withValue("0.0.0.0")
                .endEnv()
                .addNewEnv()
                .withName("JTASK_HTTP_PORT")
                .withValue(Integer.toString(WorkerContainer.PORT))
                .endEnv();
    }

    /// Kubernetes expands references to other variables, the one with the broker's password among them.
    static String literally(String value) {
        return value.replace("$", "$$");
    }
}
