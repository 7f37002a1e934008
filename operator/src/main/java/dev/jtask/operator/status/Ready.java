package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.workload.Rollout;
import java.util.Optional;

/// The summary: the first thing that is wrong, or that the pool works.
final class Ready {

    private Ready() {}

    static Finding of(Observation seen, Finding brokerReachable, Finding queuesReady) {
        return refused(seen)
                .or(() -> failing(brokerReachable))
                .or(() -> troubled(seen))
                .or(() -> failing(queuesReady))
                .orElseGet(() -> pods(seen));
    }

    private static Optional<Finding> refused(Observation seen) {
        return switch (seen.rollout()) {
            case Rollout.Rejected(var reason, var message) ->
                Optional.of(Finding.no(Conditions.READY, reason, message));
            case Rollout.Failed(var message) -> Optional.of(failed(message));
            case Rollout.Done done -> Optional.empty();
            case Rollout.Held held -> Optional.empty();
        };
    }

    /// An error of Kubernetes, or of the operator.
    static Finding failed(String message) {
        return Finding.no(Conditions.READY, "ReconcileFailed", message);
    }

    private static Optional<Finding> failing(Finding finding) {
        return finding.isFalse() ? Optional.of(finding.as(Conditions.READY)) : Optional.empty();
    }

    private static Optional<Finding> troubled(Observation seen) {
        return PodTroubles.of(seen.pods()).map(text -> Finding.no(Conditions.READY, "PodsFailing", text));
    }

    private static Finding pods(Observation seen) {
        int wanted = seen.wantedReplicas();
        if (seen.deployment() == null) {
            return Finding.no(Conditions.READY, "Starting", "the Deployment is being created");
        }
        if (wanted == 0) {
            return Finding.yes(Conditions.READY, "ScaledToZero", "nothing to do: no pods run");
        }
        return seen.readyReplicas() == 0
                ? Finding.no(Conditions.READY, "NoPodReady", "none of %d pods is ready yet".formatted(wanted))
                : Finding.yes(Conditions.READY, "Working", "pods take tasks");
    }
}
