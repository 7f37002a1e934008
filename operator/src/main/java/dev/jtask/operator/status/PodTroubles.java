package dev.jtask.operator.status;

import dev.jtask.protocol.text.Beginning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What keeps pods from running, in the words of the kubelet.
final class PodTroubles {

    private static final Set<String> HARMLESS = Set.of("ContainerCreating", "PodInitializing");
    private static final int LONGEST = 200;

    private PodTroubles() {}

    /// @param othersWork whether some pods take tasks: then one that waits for a node is how a cluster grows
    /// @return such as `2 of 3 pods: ImagePullBackOff: …`, empty when none is in trouble
    static Optional<String> of(Collection<Pod> pods, boolean othersWork) {
        var troubles =
                pods.stream().flatMap(pod -> trouble(pod, othersWork).stream()).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        var kinds = troubles.stream().distinct().sorted().collect(Collectors.joining("; "));
        return Optional.of("%d of %d pods: %s".formatted(troubles.size(), pods.size(), kinds));
    }

    private static Optional<String> trouble(Pod pod, boolean othersWork) {
        var status = pod.getStatus();
        if (status == null) {
            return Optional.empty();
        }
        var waiting = Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                .flatMap(container -> waiting(container).stream())
                .findFirst();
        return othersWork
                ? waiting
                : waiting.or(() -> status.getConditions().stream()
                        .filter(condition -> "PodScheduled".equals(condition.getType()))
                        .filter(condition -> "Unschedulable".equals(condition.getReason()))
                        .map(condition -> shortened("Unschedulable: " + condition.getMessage()))
                        .findFirst());
    }

    private static Optional<String> waiting(ContainerStatus container) {
        var state = container.getState();
        var waiting = state == null ? null : state.getWaiting();
        if (waiting == null || waiting.getReason() == null || HARMLESS.contains(waiting.getReason())) {
            return Optional.empty();
        }
        var last = container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
        var detail = last == null
                ? Optional.ofNullable(waiting.getMessage()).orElse("")
                : "container %s exited with code %d; see kubectl logs --previous"
                        .formatted(container.getName(), last.getExitCode());
        return Optional.of(shortened(detail.isEmpty() ? waiting.getReason() : waiting.getReason() + ": " + detail));
    }

    private static String shortened(String text) {
        return Beginning.of(text, LONGEST);
    }
}
