package dev.jtask.operator.workload;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// Whether a pod takes tasks, and how long it took to.
public final class PodReadiness {

    private PodReadiness() {}

    public static boolean isReady(Pod pod) {
        return readyCondition(pod)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    /// Whether a pod has taken tasks since then or longer.
    public static boolean isReadySince(Pod pod, Instant then) {
        return isReady(pod)
                && readyCondition(pod)
                        .map(PodCondition::getLastTransitionTime)
                        .filter(since -> !Instant.parse(since).isAfter(then))
                        .isPresent();
    }

    /// How long the pods took from being asked for to taking tasks: the median of those that are ready, to the
    /// second.
    public static Optional<Duration> startUp(Collection<Pod> pods) {
        var times = pods.stream()
                .filter(PodReadiness::isReady)
                .flatMap(pod -> startUpOf(pod).stream())
                .sorted()
                .toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
    }

    private static Optional<Duration> startUpOf(Pod pod) {
        var created = pod.getMetadata().getCreationTimestamp();
        return readyCondition(pod)
                .map(PodCondition::getLastTransitionTime)
                .filter(ready -> created != null)
                .map(ready -> Duration.between(Instant.parse(created), Instant.parse(ready)))
                // ready again after a restart says nothing about starting
                .filter(time -> !time.isNegative() && time.compareTo(Duration.ofMinutes(10)) < 0);
    }

    private static Optional<PodCondition> readyCondition(Pod pod) {
        var status = Optional.ofNullable(pod.getStatus());
        return status.stream()
                .flatMap(present -> present.getConditions().stream())
                .filter(condition -> "Ready".equals(condition.getType()))
                .findFirst();
    }
}
