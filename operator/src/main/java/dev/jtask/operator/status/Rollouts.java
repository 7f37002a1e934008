package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.protocol.text.Beginning;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why pods of the spec do not take the place of those that run, which work meanwhile.
final class Rollouts {

    private static final int LONGEST = 500;

    private Rollouts() {}

    /// @return empty where nothing holds a rollout up
    static Optional<Finding> of(@Nullable Deployment deployment) {
        return Optional.ofNullable(deployment).flatMap(there -> paused(there).or(() -> stuck(there)));
    }

    private static Optional<Finding> paused(Deployment deployment) {
        if (!Objects.equals(deployment.getSpec().getPaused(), true)) {
            return Optional.empty();
        }
        var metadata = deployment.getMetadata();
        return Optional.of(Finding.no(
                Conditions.READY,
                "RolloutPaused",
                "the rollout of Deployment %1$s is paused: image, template and Secret of the spec reach no pod; to go on: kubectl rollout resume deployment/%1$s -n %2$s"
                        .formatted(metadata.getName(), metadata.getNamespace())));
    }

    private static Optional<Finding> stuck(Deployment deployment) {
        return Stream.ofNullable(deployment.getStatus())
                .filter(Rollouts::isOnTheWay)
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> "Progressing".equals(condition.getType()))
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> Finding.no(
                        Conditions.READY,
                        "RolloutStuck",
                        "the rollout does not get on; kubectl describe and kubectl logs of its newest pods say why: "
                                + words(condition)))
                .findFirst();
    }

    /// Where all pods are of the spec, one that waits for a node holds up no rollout: Kubernetes calls it over only
    /// when all of them work at once.
    private static boolean isOnTheWay(DeploymentStatus status) {
        return count(status.getUpdatedReplicas()) < count(status.getReplicas())
                || count(status.getReadyReplicas()) == 0;
    }

    private static int count(@Nullable Integer pods) {
        return Objects.requireNonNullElse(pods, 0);
    }

    private static String words(DeploymentCondition condition) {
        var message = condition.getMessage();
        return Beginning.of(
                message == null || message.isBlank() ? String.valueOf(condition.getReason()) : message.strip(),
                LONGEST);
    }
}
