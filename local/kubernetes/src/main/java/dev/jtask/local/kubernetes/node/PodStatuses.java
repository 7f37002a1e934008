package dev.jtask.local.kubernetes.node;

import dev.jtask.local.kubernetes.node.Progress.Exit;
import dev.jtask.local.kubernetes.node.Progress.State;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The status of a pod as a kubelet would write it.
final class PodStatuses {

    private PodStatuses() {}

    static PodStatus of(Pod pod, String address, Progress progress) {
        var ready = progress.readiness() == PodFacts.Readiness.READY;
        var created = Instant.parse(pod.getMetadata().getCreationTimestamp());
        return new PodStatusBuilder()
                .withPhase(phase(progress.state()))
                .withPodIP(address)
                .addNewPodIP(address)
                .withHostIP("127.0.0.1")
                .withStartTime(text(created))
                .withConditions(List.of(
                        condition("PodScheduled", true, created),
                        condition("Initialized", true, created),
                        condition("ContainersReady", ready, progress.readyChanged()),
                        condition("Ready", ready, progress.readyChanged())))
                .withContainerStatuses(container(pod, progress))
                .build();
    }

    private static String phase(State state) {
        return switch (state) {
            case State.Waiting waiting -> waiting.reason().equals("CrashLoopBackOff") ? "Running" : "Pending";
            case State.Running _ -> "Running";
            case State.Ended(var exit) -> exit.code() == 0 ? "Succeeded" : "Failed";
        };
    }

    private static ContainerStatus container(Pod pod, Progress progress) {
        var spec = pod.getSpec().getContainers().getFirst();
        var status = new ContainerStatusBuilder()
                .withName(spec.getName())
                .withImage(spec.getImage())
                .withImageID("process://" + spec.getImage())
                .withReady(progress.readiness() == PodFacts.Readiness.READY)
                .withStarted(progress.state() instanceof State.Running)
                .withRestartCount(progress.restarts())
                .withState(state(progress.state()));
        if (progress.state() instanceof State.Running running) {
            status.withContainerID("process://" + running.pid());
        }
        progress.lastExit().ifPresent(exit -> status.withLastState(terminated(exit)));
        return status.build();
    }

    private static ContainerState state(State state) {
        return switch (state) {
            case State.Waiting(var reason, var message) ->
                new ContainerStateBuilder().withNewWaiting(message, reason).build();
            case State.Running running ->
                new ContainerStateBuilder()
                        .withNewRunning(text(running.since()))
                        .build();
            case State.Ended(var exit) -> terminated(exit);
        };
    }

    private static ContainerState terminated(Exit exit) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exit.code())
                .withReason(exit.code() == 0 ? "Completed" : "Error")
                .withStartedAt(text(exit.started()))
                .withFinishedAt(text(exit.ended()))
                .endTerminated()
                .build();
    }

    private static PodCondition condition(String type, boolean met, Instant since) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(met ? "True" : "False")
                .withLastTransitionTime(text(since))
                .build();
    }

    /// Kubernetes' times have whole seconds.
    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
