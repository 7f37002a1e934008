package dev.jtask.operator.fake;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Pods as the kubelet describes them.
public final class Pods {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private Pods() {}

    /// A pod that takes tasks, five seconds after it was created.
    public static Pod ready(String name) {
        return ready(name, Duration.ofSeconds(5));
    }

    public static Pod ready(String name, Duration startUp) {
        return pod(name, "True", startUp);
    }

    /// A pod that takes none yet.
    public static Pod starting(String name) {
        return pod(name, "False", Duration.ZERO);
    }

    /// A pod whose worker is up and takes no tasks at the moment: it may run some.
    public static Pod unready(String name) {
        return starting(name)
                .edit()
                .editStatus()
                .addNewContainerStatus()
                .withName("worker")
                .withStarted(true)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    /// A pod that the kubelet has put to an end, and that stays to be looked at.
    public static Pod evicted(String name) {
        return starting(name)
                .edit()
                .editStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .endStatus()
                .build();
    }

    /// A pod on this machine whose worker has these variables.
    public static Pod showing(Map<String, String> variables) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("orders-1")
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("worker")
                .addAllToEnv(variables.entrySet().stream()
                        .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
                        .toList())
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPodIP("127.0.0.1")
                .endStatus()
                .build();
    }

    private static Pod pod(String name, String ready, Duration since) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withCreationTimestamp(CREATED.toString())
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withLastTransitionTime(CREATED.plus(since).toString())
                .endCondition()
                .endStatus()
                .build();
    }
}
