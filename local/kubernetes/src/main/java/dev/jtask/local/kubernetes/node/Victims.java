package dev.jtask.local.kubernetes.node;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Which pods go first when there are too many, in the order of Kubernetes' ReplicaSet controller: not ready before
/// ready, then the lowest deletion cost, then the youngest.
final class Victims {

    static final Comparator<PodFacts> ORDER = Comparator.comparing(PodFacts::readiness)
            .thenComparingInt(PodFacts::deletionCost)
            .thenComparing(PodFacts::created, Comparator.reverseOrder())
            .thenComparing(PodFacts::name);

    private Victims() {}

    static List<PodFacts> choose(Collection<PodFacts> pods, int count) {
        return pods.stream().sorted(ORDER).limit(Math.max(0, count)).toList();
    }
}
