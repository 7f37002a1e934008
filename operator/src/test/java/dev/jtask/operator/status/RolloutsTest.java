package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pods that work are not those of the spec while their successors do not come.
class RolloutsTest extends StatusesScene {

    @Test
    void aRolloutThatSomebodyPausedIsToldWithTheCommand() {
        var paused = deployment(3, 3, 3)
                .edit()
                .withNewMetadata()
                .withName("shop")
                .withNamespace("default")
                .endMetadata()
                .editSpec()
                .withPaused(true)
                .endSpec()
                .build();

        assertThat(ready(paused))
                .returns("False", Condition::getStatus)
                .returns("RolloutPaused", Condition::getReason)
                .returns(
                        "the rollout of Deployment shop is paused: image, template and Secret of the spec reach no pod; to go on: kubectl rollout resume deployment/shop -n default",
                        Condition::getMessage);
    }

    @Test
    void aRolloutThatGetsNoFurtherIsToldInTheWordsOfKubernetes() {
        assertThat(ready(progressing("False", 3, 1)))
                .returns("False", Condition::getStatus)
                .returns("RolloutStuck", Condition::getReason)
                .returns(
                        "the rollout does not get on; kubectl describe and kubectl logs of its newest pods say why: ReplicaSet \"shop-2\" has timed out progressing.",
                        Condition::getMessage);
        assertThat(ready(progressing("True", 3, 1))).returns("Working", Condition::getReason);
    }

    /// Kubernetes calls a rollout over when all pods work at once, for which a full cluster may have no room.
    @Test
    void aRolloutThatHasReachedAllPodsIsNotStuckWhileSomeOfThemWork() {
        assertThat(ready(progressing("False", 2, 3))).returns("Working", Condition::getReason);
        assertThat(ready(progressing("False", 0, 3))).returns("RolloutStuck", Condition::getReason);
    }

    @Test
    void podsThatAreNotReadyComeWithWhereToLook() {
        assertThat(ready(deployment(3, 3, 0)))
                .returns("NoPodReady", Condition::getReason)
                .returns(
                        "none of 3 pods is ready yet; if it stays so, kubectl describe and kubectl logs of a pod say why",
                        Condition::getMessage);
    }

    private Condition ready(Deployment deployment) {
        return condition(
                compute(USABLE, deployment, List.of(), view(seen("orders", "mails"), Reason.DrainTime)),
                Conditions.READY);
    }

    private static Deployment progressing(String status, int ready, int updated) {
        return deployment(3, 3, ready)
                .edit()
                .editStatus()
                .withUpdatedReplicas(updated)
                .addNewCondition()
                .withType("Progressing")
                .withStatus(status)
                .withReason("ProgressDeadlineExceeded")
                .withMessage("ReplicaSet \"shop-2\" has timed out progressing.")
                .endCondition()
                .endStatus()
                .build();
    }
}
