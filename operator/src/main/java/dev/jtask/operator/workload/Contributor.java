package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;

/// Adds what one concern needs to a pod template.
interface Contributor {

    void contribute(TaskWorkerPool pool, BrokerSecret secret, PodDraft draft);
}
