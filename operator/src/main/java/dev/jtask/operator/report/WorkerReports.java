package dev.jtask.operator.report;

import dev.jtask.autoscaler.WorkerReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;

/// Asks pods what they do.
public interface WorkerReports {

    /// @param queues whose totals are wanted: what a pod says of others is dropped, however much it is
    /// @return empty when the pod does not say
    Optional<WorkerReport> of(Pod pod, Set<String> queues);
}
