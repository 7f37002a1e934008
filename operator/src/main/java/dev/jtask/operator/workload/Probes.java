package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/// How Kubernetes sees that a worker lives (`/livez`) and takes tasks (`/readyz`, false while draining).
final class Probes implements Contributor {

    @Override
    public void contribute(TaskWorkerPool pool, BrokerSecret secret, PodDraft draft) {
        draft.worker
                // two minutes to start, asked every second: a pod counts as capacity as soon as it is
                .withStartupProbe(probe("/livez", 1, 120))
                .withLivenessProbe(probe("/livez", 10, 3))
                .withReadinessProbe(probe("/readyz", 2, 1));
    }

    private static Probe probe(String path, int period, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(WorkerContainer.PORT_NAME)
                .endHttpGet()
                .withPeriodSeconds(period)
                .withFailureThreshold(failures)
                .withTimeoutSeconds(2)
                .build();
    }
}
