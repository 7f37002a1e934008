package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;
import java.time.Duration;

/// The time a worker has for its running tasks when it is told to stop.
final class Drain implements Contributor {

    /// What the worker needs after the last task: requeue, flush acks, close connections.
    private static final Duration CLOSING = Duration.ofSeconds(10);

    static final String TIMEOUT = "JTASK_DRAIN_TIMEOUT";

    /// What running tasks have of the time after which Kubernetes kills a pod.
    static Duration within(Duration grace) {
        return grace.compareTo(CLOSING) > 0 ? grace.minus(CLOSING) : Duration.ZERO;
    }

    @Override
    public void contribute(TaskWorkerPool pool, BrokerSecret secret, PodDraft draft) {
        draft.worker
                .addNewEnv()
                .withName(TIMEOUT)
                .withValue(pool.getSpec().drainTimeout())
                .endEnv();
        draft.pod.withTerminationGracePeriodSeconds(
                pool.getSpec().drain().plus(CLOSING).toSeconds());
    }
}
