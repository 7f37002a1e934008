package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;

/// What decides whether a pod stays.
///
/// @param deletionCost the annotation `controller.kubernetes.io/pod-deletion-cost`, 0 without it
record PodFacts(String name, String templateHash, Readiness readiness, int deletionCost, Instant created) {

    static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    /// Whether a pod takes work.
    enum Readiness {
        NOT_READY,
        READY
    }

    static PodFacts of(Pod pod, Readiness readiness) {
        var metadata = pod.getMetadata();
        return new PodFacts(
                metadata.getName(),
                metadata.getLabels().getOrDefault(PodFactory.TEMPLATE_HASH, ""),
                readiness,
                deletionCost(pod),
                Instant.parse(metadata.getCreationTimestamp()));
    }

    boolean isReady() {
        return readiness == Readiness.READY;
    }

    private static int deletionCost(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(DELETION_COST))
                .filter(cost -> cost.matches("-?\\d{1,9}"))
                .map(Integer::valueOf)
                .orElse(0);
    }
}
