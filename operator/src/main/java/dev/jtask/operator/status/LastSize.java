package dev.jtask.operator.status;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The size that a status tells. A Deployment that is gone and cannot be made at once comes back with it, perhaps by
/// another operator: where the size is only kept, that there is nothing to keep is no size.
final class LastSize {

    private LastSize() {}

    static int of(Observation seen, Decision decision, @Nullable ScalingStatus before) {
        var told = before == null ? null : before.desiredReplicas();
        return seen.deployment() == null && isKept(seen, decision)
                ? Math.max(decision.replicas(), Objects.requireNonNullElse(told, 0))
                : decision.replicas();
    }

    private static boolean isKept(Observation seen, Decision decision) {
        var reason = decision.reason();
        return reason == Reason.Paused
                || (reason == Reason.Off
                        ? seen.pool().getSpec().replicas() == null
                        : decision.basis() != Basis.FIGURES);
    }
}
