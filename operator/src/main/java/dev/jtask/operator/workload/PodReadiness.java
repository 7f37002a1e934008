package dev.jtask.operator.workload;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a pod is one of its pool's, takes tasks, may run some, and how long it took to.
public final class PodReadiness {

    private PodReadiness() {}

    /// Whether a ReplicaSet counts it: one that has ended, such as an evicted one, stays to be looked at and is none.
    public static boolean isActive(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return !pod.isMarkedForDeletion() && !"Failed".equals(phase) && !"Succeeded".equals(phase);
    }

    /// Whether its worker is up, so that it may run tasks: also one that takes no more of them at the moment.
    public static boolean isStarted(Pod pod) {
        return isReady(pod)
                || Stream.ofNullable(pod.getStatus())
                        .flatMap(status -> status.getContainerStatuses().stream())
                        .anyMatch(container -> WorkerContainer.NAME.equals(container.getName())
                                && Boolean.TRUE.equals(container.getStarted()));
    }

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

    /// From being asked for to the moment since which the pod takes tasks, to the second. After a reconnect that is
    /// longer than its start took; who remembers the pod knows the first one.
    ///
    /// @return empty while it takes none
    public static Optional<Duration> startUp(Pod pod) {
        var created = pod.getMetadata().getCreationTimestamp();
        return readyCondition(pod)
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .filter(ready -> created != null)
                .map(ready -> Duration.between(Instant.parse(created), Instant.parse(ready)))
                .map(time -> time.isNegative() ? Duration.ZERO : time);
    }

    private static Optional<PodCondition> readyCondition(Pod pod) {
        var status = Optional.ofNullable(pod.getStatus());
        return status.stream()
                .flatMap(present -> present.getConditions().stream())
                .filter(condition -> "Ready".equals(condition.getType()))
                .findFirst();
    }
}
