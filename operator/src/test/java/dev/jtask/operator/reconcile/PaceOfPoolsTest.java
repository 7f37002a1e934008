package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.workload.Pause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How soon a pool is looked over again that no event wakes.
class PaceOfPoolsTest {

    private static final String QUEUES = "queues: [{name: orders}]\n";

    private final Parts parts = new Parts();

    @BeforeEach
    void start() {
        parts.broker.queue("orders", 0, 0, 0);
    }

    @Test
    void anIdlePoolWaitsForNothing() {
        assertThat(settled(Pools.pool(QUEUES))).isEqualTo(Parts.PACE.calm());
    }

    @Test
    void aPausedPoolHearsOfItsEndByAnEvent() {
        var paused = Pools.pool(QUEUES);
        paused.getMetadata().setAnnotations(Map.of(Pause.RECONCILIATION, "true"));

        assertThat(settled(paused)).isEqualTo(Parts.PACE.calm());
    }

    @Test
    void aPoolWhosePodsWorkWaitsForNothing() {
        parts.broker.queue("orders", 3, 1, 2);

        assertThat(settled(Pools.pool(QUEUES + "replicas: 2\nscaling: {mode: \"Off\"}")))
                .isEqualTo(Parts.PACE.calm());
    }

    /// `NotConsuming` is told of pods that have been ready for a while.
    @Test
    void aPoolWhosePodsTakeNothingAsYetIsLookedOverSoon() {
        parts.broker.queue("orders", 3, 0, 0);

        assertThat(settled(Pools.pool(QUEUES + "replicas: 2\nscaling: {mode: \"Off\"}")))
                .isEqualTo(Parts.PACE.quiet());
    }

    /// Nobody tells of a quota that is free again.
    @Test
    void aDeploymentThatIsRefusedIsTriedAgainSoon() {
        parts.deployments.failWith(new KubernetesClientException("quota", 403, null));

        assertThat(reconcile(Pools.pool(QUEUES))).isEqualTo(Parts.PACE.quiet());
    }

    @Test
    void whatFailedIsTriedAgainWithinHalfAMinuteHoweverLongATickIs() {
        var retries = new Retries(Pace.of(Duration.ofMinutes(2), Duration.ofSeconds(30)));

        assertThat(retries.after(Parts.SHOP)).isEqualTo(Duration.ofSeconds(30));
        assertThat(retries.after(Parts.SHOP)).isEqualTo(Duration.ofSeconds(30));
    }

    private Duration settled(TaskWorkerPool pool) {
        for (int times = 0; times < 3; times++) {
            reconcile(pool);
            parts.showWhatWasWritten();
        }
        return reconcile(pool);
    }

    private Duration reconcile(TaskWorkerPool pool) {
        var control = parts.reconciler.reconcile(pool, FakeContext.of(pool, parts.journal));
        control.getResource().map(TaskWorkerPool::getStatus).ifPresent(pool::setStatus);
        return Duration.ofMillis(control.getScheduleDelay().orElseThrow());
    }
}
