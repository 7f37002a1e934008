package dev.jtask.operator.status;

import dev.jtask.autoscaler.Decision;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.ScalingSpec;

/// Whether anything keeps the pool from the size that the backlog asks for.
final class ScalingLimited {

    private ScalingLimited() {}

    static Finding of(Observation seen) {
        var view = seen.view();
        return view == null
                ? Finding.unknown(Conditions.SCALING_LIMITED, "NotDecidedYet", "the broker has not been asked yet")
                : of(view.decision(), seen.pool().getSpec().scaling());
    }

    private static Finding of(Decision decision, ScalingSpec scaling) {
        return switch (decision.reason()) {
            case DrainTime,
                    BacklogPerReplica,
                    Idle,
                    InFlight,
                    Stabilizing,
                    RateLimited,
                    WithinTolerance,
                    BelowActivation,
                    CountOnly ->
                Finding.no(
                        Conditions.SCALING_LIMITED, "WithinRange", "the need lies between minReplicas and maxReplicas");
            case Blind -> Finding.unknown(Conditions.SCALING_LIMITED, "Blind", decision.message());
            case Off ->
                Finding.no(
                        Conditions.SCALING_LIMITED,
                        "Off",
                        "scaling.mode is Off: whoever sets spec.replicas decides, whatever is needed");
            case Paused ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "Paused",
                        "the pool keeps its size whatever is needed (%s); remove scaling.paused or the annotation to go on"
                                .formatted(decision.message()));
            case MinReplicas ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "TooFewNeeded",
                        "fewer pods would do; minReplicas is %d".formatted(scaling.minReplicas()));
            case MaxReplicas ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "TooManyNeeded",
                        "more pods are needed than maxReplicas allows; raise scaling.maxReplicas above %d"
                                .formatted(scaling.maxReplicas()));
            case Budget ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "BudgetSpent",
                        "more pods are needed than the operator's budget has for this pool; raise JTASK_OPERATOR_BUDGET_PODS, scaling.priority or scaling.minReplicas");
            case Failing ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "Failing",
                        "more pods are needed, but what they run fails (%s); correct the task or what it depends on, the pool grows again by itself"
                                .formatted(decision.message()));
            case Ineffective ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "Ineffective",
                        "more pods did no more (%s); look for what they all wait for, such as a database"
                                .formatted(decision.message()));
            case WindowFloor ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "WindowFloor",
                        "fewer pods would do; a window of scaling.windows asks for %d".formatted(decision.replicas()));
            case WindowCeiling ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "WindowCeiling",
                        "more pods are needed than the %d that a window of scaling.windows allows; raise its maxReplicas"
                                .formatted(decision.replicas()));
        };
    }
}
