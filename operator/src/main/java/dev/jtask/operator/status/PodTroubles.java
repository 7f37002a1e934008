package dev.jtask.operator.status;

import dev.jtask.protocol.text.Beginning;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What keeps pods from running, in the words of the kubelet.
final class PodTroubles {

    private static final Set<String> HARMLESS = Set.of("ContainerCreating", "PodInitializing");
    private static final int LONGEST = 200;
    /// After such a run the kubelet starts a container at once, as if it had never crashed.
    private static final Duration BACK_OFF_FORGETS = Duration.ofMinutes(10);
    private static final String CRASHING = "CrashLoopBackOff";
    private static final String OUT_OF_MEMORY = "OOMKilled";

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
        var failing = Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                .flatMap(container -> waiting(container).or(() -> crashing(container)).stream())
                .findFirst();
        return othersWork
                ? failing
                : failing.or(() -> status.getConditions().stream()
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
        var detail = end(container.getLastState())
                .map(last -> exited(container, last))
                .orElseGet(() -> Optional.ofNullable(waiting.getMessage()).orElse(""));
        return Optional.of(shortened(detail.isEmpty() ? waiting.getReason() : waiting.getReason() + ": " + detail));
    }

    /// Between two waits: it has crashed a second time, or after two crashes is on its way to the next.
    private static Optional<String> crashing(ContainerStatus container) {
        int restarts = Objects.requireNonNullElse(container.getRestartCount(), 0);
        var ended = end(container.getState()).filter(end -> restarts >= 1);
        var state = container.getState();
        boolean starts = state != null
                && state.getRunning() != null
                && !Objects.equals(container.getStarted(), true)
                && restarts >= 2;
        return ended.or(() -> end(container.getLastState()).filter(end -> starts))
                .filter(end -> !Objects.equals(end.getExitCode(), 0))
                .filter(end -> lasted(end).compareTo(BACK_OFF_FORGETS) < 0)
                .map(end -> shortened(CRASHING + ": " + exited(container, end)));
    }

    private static Duration lasted(ContainerStateTerminated end) {
        return end.getStartedAt() == null || end.getFinishedAt() == null
                ? Duration.ZERO
                : Duration.between(Instant.parse(end.getStartedAt()), Instant.parse(end.getFinishedAt()));
    }

    private static Optional<ContainerStateTerminated> end(@Nullable ContainerState state) {
        return Optional.ofNullable(state).map(ContainerState::getTerminated);
    }

    private static String exited(ContainerStatus container, ContainerStateTerminated end) {
        boolean outOfMemory = OUT_OF_MEMORY.equals(end.getReason());
        return "container %s exited with code %d%s; %s"
                .formatted(
                        container.getName(),
                        end.getExitCode(),
                        outOfMemory ? " (%s)".formatted(OUT_OF_MEMORY) : "",
                        // the log of one that the kernel killed has nothing of it
                        outOfMemory ? "raise its resources.limits.memory" : "see kubectl logs --previous");
    }

    private static String shortened(String text) {
        return Beginning.of(text, LONGEST);
    }
}
