package dev.jtask.quarkus;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Whether the worker takes work and can settle it.
@Readiness
@Singleton
public class WorkerReadiness implements HealthCheck {

    private final WorkerLifecycle worker;

    WorkerReadiness(WorkerLifecycle worker) {
        this.worker = worker;
    }

    @Override
    public HealthCheckResponse call() {
        var health = worker.health();
        return WorkerAnswer.of(Stream.of(health.troubles(), health.faults())
                .flatMap(List::stream)
                .toList());
    }
}
