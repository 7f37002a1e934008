package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The size of a pool whose Deployment is gone and cannot be made again at once.
class LastSizeTest extends StatusesScene {

    @ParameterizedTest
    @CsvSource({"Paused, FIGURES", "Paused, NOTHING", "Off, NOTHING", "Blind, NOTHING", "CountOnly, COUNT"})
    void whatOnlyKeepsASizeKeepsTheOneThatWasTold(Reason reason, Basis basis) {
        pool.setStatus(sixPods());

        assertThat(desired(reason, basis, null)).isEqualTo(6);
        assertThat(desired(reason, basis, deployment(0, 0, 0)))
                .as("somebody made it so small")
                .isZero();
    }

    @Test
    void figuresDecideAsEver() {
        pool.setStatus(sixPods());

        assertThat(desired(Reason.Idle, Basis.FIGURES, null)).isZero();
    }

    @Test
    void whoeverSetsSpecReplicasDecides() {
        pool.setSpec(Pools.pool("queues: [{name: orders}, {name: mails}]\nreplicas: 0\nscaling: {mode: \"Off\"}")
                .getSpec());
        pool.setStatus(sixPods());

        assertThat(desired(Reason.Off, Basis.NOTHING, null)).isZero();
    }

    /// Its pods go before it does where it is deleted in the foreground.
    @Test
    void whereASizeIsOnlyRecommendedThatOfTheDeploymentIsKept() {
        pool.setSpec(Pools.pool("queues: [{name: orders}, {name: mails}]\nscaling: {mode: Recommend}")
                .getSpec());
        pool.setStatus(sixPods());

        assertThat(deployed(null)).as("as it was told before there was a field").isEqualTo(6);
        assertThat(deployed(deployment(5, 0, 0))).isEqualTo(5);
        assertThat(deployed(null)).isEqualTo(5);
        assertThat(deployed(null)).isEqualTo(5);
        assertThat(deployed(deployment(0, 0, 0)))
                .as("somebody made it so small")
                .isZero();
        assertThat(deployed(null)).isZero();
    }

    @Test
    void elsewhereTheDesiredSizeIsTheDeployments() {
        assertThat(deployed(deployment(5, 0, 0))).isNull();
    }

    @Test
    void aNewPoolHadNone() {
        assertThat(desired(Reason.Paused, Basis.FIGURES, null)).isZero();
    }

    private @Nullable Integer desired(Reason reason, Basis basis, @Nullable Deployment deployment) {
        var status = compute(USABLE, deployment, List.of(), decided(reason, basis, "because"));
        return Objects.requireNonNull(status.scaling()).desiredReplicas();
    }

    private @Nullable Integer deployed(@Nullable Deployment deployment) {
        var status = compute(USABLE, deployment, List.of(), decided(Reason.Idle, Basis.FIGURES, "because"));
        pool.setStatus(status);
        return Objects.requireNonNull(status.scaling()).deployedReplicas();
    }

    private static TaskWorkerPoolStatus sixPods() {
        return Pools.YAML.unmarshal(
                "replicas: 6\nscaling: {desiredReplicas: 6, reason: Paused, message: because}",
                TaskWorkerPoolStatus.class);
    }
}
