package dev.jtask.operator.report;

import dev.jtask.autoscaler.WorkerReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/// Asks pods what they do.
public interface WorkerReports {

    /// @return empty when the pod does not say
    Optional<WorkerReport> of(Pod pod);
}
