package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Reason;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import org.junit.jupiter.api.Test;

/// A spec that no schema has checked.
class UnscalablePoolTest extends ScalingLoopScene {

    @Test
    void aPoolThatCannotBeSizedSaysWhyAndKeepsItsSize() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        loop.update(Pools.pool("queues: [{name: orders}]\nscaling: {objective: {drainTime: 0s}}"), FakeSecrets.USABLE);

        assertThat(journal.lines()).isEmpty();
        assertThat(changed).containsExactly(SHOP);
        assertThat(view().decision().replicas()).isEqualTo(3);
        assertThat(view().decision().reason()).isEqualTo(Reason.Blind);
        assertThat(view().decision().message())
                .isEqualTo(
                        "the pool cannot be sized: drainTime must be positive, not PT0S; holding 3, correct the spec");
    }

    @Test
    void aPoolThatSomebodyElseSizesNeedsNoDrainThatCanBeRead() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        loop.update(
                Pools.pool("queues: [{name: orders}]\nreplicas: 4\ndrainTimeout: soon\nscaling: {mode: \"Off\"}"),
                FakeSecrets.USABLE);

        assertThat(view().decision()).returns(4, Decision::replicas).returns(Reason.Off, Decision::reason);
        assertThat(journal.lines()).contains("scale shop to 4");
    }

    @Test
    void itIsToldOnceAndOverWithTheNextSpecThatIsRight() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        changed.clear();

        loop.update(Pools.pool("queues: [{name: orders}]\nscaling: {targetUtilization: 0}"), FakeSecrets.USABLE);
        loop.tick();
        loop.tick();
        assertThat(changed).containsExactly(SHOP);
        assertThat(view().decision().message()).contains("targetUtilization");

        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        loop.tick();
        assertThat(view().decision().reason()).isNotEqualTo(Reason.Blind);
    }

    @Test
    void aFloorAboveTheCeilingIsNoReasonToForgetThePool() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        loop.update(
                Pools.pool("queues: [{name: orders}]\nscaling: {minReplicas: 5, maxReplicas: 2}"), FakeSecrets.USABLE);

        assertThat(view().decision().message()).contains("maxReplicas must be at least minReplicas");
    }
}
