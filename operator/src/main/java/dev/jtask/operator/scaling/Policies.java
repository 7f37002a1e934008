package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Directives;
import dev.jtask.autoscaler.FuseRule;
import dev.jtask.autoscaler.Objective;
import dev.jtask.autoscaler.Range;
import dev.jtask.autoscaler.ScalingPolicy;
import dev.jtask.autoscaler.WhenBlind;
import dev.jtask.crds.v1alpha1.Durations;
import dev.jtask.crds.v1alpha1.FailureFuseSpec;
import dev.jtask.crds.v1alpha1.ObjectiveSpec;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolSpec;
import dev.jtask.operator.workload.Pause;
import dev.jtask.operator.workload.PodTerms;
import java.time.Duration;
import java.util.Objects;

/// The autoscaler's rules as a pool's spec says them.
final class Policies {

    private Policies() {}

    /// @param terms what its pods work by, whatever the spec says
    /// @param whenBlind what to do at this moment where nothing is known
    /// @param tick the time between two looks
    /// @throws IllegalArgumentException when the spec contradicts itself, which a schema refuses
    static ScalingPolicy of(TaskWorkerPoolSpec spec, PodTerms terms, WhenBlind whenBlind, Duration tick) {
        var scaling = spec.scaling();
        return new ScalingPolicy(
                scaling.minReplicas(),
                scaling.maxReplicas(),
                objective(scaling.objective()),
                terms.slots(),
                scaling.targetUtilization() / 100.0,
                Durations.parse(scaling.scaleUp().stabilization()),
                Durations.parse(scaling.scaleDown().stabilization()),
                scaling.scaleDown().maxPercent(),
                whenBlind,
                terms.drain(),
                tick,
                fuse(scaling.failureFuse()),
                Durations.parse(scaling.scaleUp().retryAfter()));
    }

    /// What people say of a pool beside its policy.
    ///
    /// @param range what its windows say at this moment
    static Directives directives(TaskWorkerPool pool, Range range) {
        return new Directives(Pause.ofSize(pool), pool.getSpec().scaling().activation(), range);
    }

    private static FuseRule fuse(FailureFuseSpec fuse) {
        return new FuseRule(fuse.failedPercent(), Durations.parse(fuse.within()), fuse.leastRuns());
    }

    private static Objective objective(ObjectiveSpec objective) {
        var perReplica = objective.backlogPerReplica();
        return perReplica != null
                ? new Objective.BacklogPerReplica(perReplica)
                : new Objective.DrainTime(Durations.parse(Objects.requireNonNullElse(objective.drainTime(), "60s")));
    }
}
