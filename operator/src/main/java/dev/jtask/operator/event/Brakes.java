package dev.jtask.operator.event;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.ScalingGuards;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What keeps a pool from growing though nobody asked for it, whether or not it needs to grow at the moment.
final class Brakes {

    private static final Set<String> REASONS = Set.of("Failing", "Ineffective", "BudgetSpent");

    private Brakes() {}

    /// Reasons and what is wrong, with the fix.
    static Map<String, String> of(TaskWorkerPoolStatus status) {
        var brakes = new TreeMap<String, String>();
        Optional.ofNullable(status.scaling()).map(ScalingStatus::guards).ifPresent(guards -> brakes.putAll(of(guards)));
        // where it needs to grow, its condition says more
        status.conditions().stream()
                .filter(condition -> Conditions.SCALING_LIMITED.equals(condition.getType())
                        && REASONS.contains(condition.getReason()))
                .forEach(condition -> brakes.put(condition.getReason(), condition.getMessage()));
        return brakes;
    }

    private static Map<String, String> of(ScalingGuards guards) {
        var brakes = new TreeMap<String, String>();
        if (guards.failing() != null) {
            brakes.put(
                    "Failing",
                    "most of what the pool runs fails: it does not grow until that is over; correct the task or what it depends on");
        }
        var held = guards.held();
        // one without pods holds nothing: the last judgement was wrong
        if (held != null && held.pods() != null) {
            brakes.put(
                    "Ineffective",
                    "more pods than %d did no more: the pool does not grow beyond that for now; look for what they all wait for, such as a database"
                            .formatted(held.pods()));
        }
        return brakes;
    }
}
