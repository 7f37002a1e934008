package dev.jtask.operator.status;

import dev.jtask.autoscaler.Decision;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.ScalingSpec;

/// Whether minReplicas or maxReplicas keeps the pool from the size that the backlog asks for.
final class ScalingLimited {

    private ScalingLimited() {}

    static Finding of(Observation seen) {
        var view = seen.view();
        return view == null
                ? Finding.unknown(Conditions.SCALING_LIMITED, "NotDecidedYet", "the broker has not been asked yet")
                : of(view.decision().bound(), seen.pool().getSpec().scaling());
    }

    private static Finding of(Decision.Bound bound, ScalingSpec scaling) {
        return switch (bound) {
            case NONE ->
                Finding.no(
                        Conditions.SCALING_LIMITED, "WithinRange", "the need lies between minReplicas and maxReplicas");
            case MIN ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "TooFewNeeded",
                        "fewer pods would do; minReplicas is %d".formatted(scaling.minReplicas()));
            case MAX ->
                Finding.yes(
                        Conditions.SCALING_LIMITED,
                        "TooManyNeeded",
                        "more pods are needed than maxReplicas allows; raise scaling.maxReplicas above %d"
                                .formatted(scaling.maxReplicas()));
        };
    }
}
