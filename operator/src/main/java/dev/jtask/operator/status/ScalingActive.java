package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.scaling.PoolView;
import org.jspecify.annotations.Nullable;

/// Whether the operator decides the number of pods from what it sees.
final class ScalingActive {

    private ScalingActive() {}

    static Finding of(Observation seen) {
        return switch (seen.pool().getSpec().scaling().mode()) {
            case OFF ->
                Finding.no(Conditions.SCALING_ACTIVE, "Off", "scaling.mode is Off: whoever sets spec.replicas decides");
            case RECOMMEND ->
                Finding.no(
                        Conditions.SCALING_ACTIVE,
                        "RecommendOnly",
                        "scaling.mode is Recommend: the decision is shown and not acted on");
            case AUTO -> acting(seen.view());
        };
    }

    private static Finding acting(@Nullable PoolView view) {
        if (view == null) {
            return Finding.unknown(Conditions.SCALING_ACTIVE, "NotDecidedYet", "the broker has not been asked yet");
        }
        var decision = view.decision();
        return switch (decision.basis()) {
            case FIGURES ->
                Finding.yes(Conditions.SCALING_ACTIVE, "Deciding", "the backlog decides the number of pods");
            case COUNT ->
                Finding.yes(
                        Conditions.SCALING_ACTIVE,
                        "CountOnly",
                        "the broker does not tell all figures, what waits is counted by AMQP where it can be: the pool may grow and does not shrink");
            case NOTHING -> Finding.no(Conditions.SCALING_ACTIVE, "Blind", decision.message());
        };
    }
}
