package dev.jtask.quarkus;

import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// The worker's part of an application's health.
final class WorkerAnswer {

    private WorkerAnswer() {}

    /// @param faults what is wrong; it is up when nothing is
    static HealthCheckResponse of(List<String> faults) {
        var answer = HealthCheckResponse.named("jtask worker").status(faults.isEmpty());
        return (faults.isEmpty() ? answer : answer.withData("troubles", String.join("; ", faults))).build();
    }
}
