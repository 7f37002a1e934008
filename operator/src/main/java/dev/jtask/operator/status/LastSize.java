package dev.jtask.operator.status;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
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

    /// Where a size is only recommended, the one that somebody else gave.
    static @Nullable Integer deployed(Observation seen, @Nullable TaskWorkerPoolStatus before) {
        if (seen.pool().getSpec().scaling().mode() != ScalingMode.RECOMMEND) {
            return null;
        }
        if (seen.deployment() != null) {
            return seen.wantedReplicas();
        }
        var scaling = before == null ? null : before.scaling();
        var told = scaling == null ? null : scaling.deployedReplicas();
        return told == null && before != null ? Integer.valueOf(before.replicas()) : told;
    }

    private static boolean isKept(Observation seen, Decision decision) {
        var reason = decision.reason();
        return reason == Reason.Paused
                || (reason == Reason.Off
                        ? seen.pool().getSpec().replicas() == null
                        : decision.basis() != Basis.FIGURES);
    }
}
