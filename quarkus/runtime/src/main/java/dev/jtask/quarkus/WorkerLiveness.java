package dev.jtask.quarkus;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Whether the worker's loops make progress: only a new process helps one that is not alive.
@Liveness
@Singleton
public class WorkerLiveness implements HealthCheck {

    private final WorkerLifecycle worker;

    WorkerLiveness(WorkerLifecycle worker) {
        this.worker = worker;
    }

    @Override
    public HealthCheckResponse call() {
        return WorkerAnswer.of(worker.health().faults());
    }
}
