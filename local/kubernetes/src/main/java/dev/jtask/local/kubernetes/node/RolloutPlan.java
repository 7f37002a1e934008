package dev.jtask.local.kubernetes.node;

import dev.jtask.local.kubernetes.node.Wanted.Strategy;
import java.util.ArrayList;
import java.util.List;

/// The next step from the pods there are to those that a Deployment wants, in the manner of Kubernetes' Deployment
/// controller; taken again and again until it is empty.
///
/// @param create how many pods of the current template to start
/// @param delete the pods to end
record RolloutPlan(int create, List<PodFacts> delete) {

    RolloutPlan {
        delete = List.copyOf(delete);
    }

    /// @param pods those of the Deployment that are not already ending
    static RolloutPlan of(Wanted wanted, List<PodFacts> pods) {
        var current = pods.stream()
                .filter(pod -> pod.templateHash().equals(wanted.templateHash()))
                .toList();
        var old = pods.stream()
                .filter(pod -> !pod.templateHash().equals(wanted.templateHash()))
                .toList();
        var surplus = Victims.choose(current, current.size() - wanted.replicas());
        int lacking = Math.max(0, wanted.replicas() - current.size());
        if (old.isEmpty()) {
            return new RolloutPlan(lacking, surplus);
        }
        return switch (wanted.strategy()) {
            case Strategy.Recreate() -> new RolloutPlan(0, old);
            case Strategy.Rolling rolling -> {
                int room = wanted.replicas() + rolling.maxSurge() - pods.size();
                var delete = new ArrayList<>(surplus);
                delete.addAll(replaceable(wanted.replicas() - rolling.maxUnavailable(), current, old));
                yield new RolloutPlan(Math.clamp(room, 0, lacking), delete);
            }
        };
    }

    /// Old pods that may go while at least so many pods stay available: first those that take no work anyway.
    private static List<PodFacts> replaceable(int minAvailable, List<PodFacts> current, List<PodFacts> old) {
        long starting = current.stream().filter(pod -> !pod.isReady()).count();
        long removable = current.size() + old.size() - Math.max(0, minAvailable) - starting;
        var broken = Victims.choose(old.stream().filter(pod -> !pod.isReady()).toList(), (int) Math.max(0, removable));
        var working = old.stream().filter(PodFacts::isReady).toList();
        long available = working.size() + current.size() - starting;
        var spare = Victims.choose(working, (int) Math.max(0, available - Math.max(0, minAvailable)));
        var delete = new ArrayList<>(broken);
        delete.addAll(spare);
        return delete;
    }
}
