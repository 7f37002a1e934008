package dev.jtask.operator.workload;

import dev.jtask.protocol.text.Beginning;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why pods cannot even be created, in the words of Kubernetes: no kubelet ever hears of them.
public final class UncreatedPods {

    private static final int LONGEST = 500;

    private UncreatedPods() {}

    /// @return empty where none is refused
    public static Optional<String> of(@Nullable Deployment deployment) {
        return Stream.ofNullable(deployment)
                .map(Deployment::getStatus)
                .flatMap(status -> status == null ? Stream.of() : status.getConditions().stream())
                .filter(condition -> "ReplicaFailure".equals(condition.getType()))
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(UncreatedPods::words)
                .findFirst();
    }

    private static String words(DeploymentCondition condition) {
        var message = condition.getMessage();
        var words = message == null || message.isBlank() ? String.valueOf(condition.getReason()) : message.strip();
        return Beginning.of(words, LONGEST);
    }
}
