package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.watch.Probe;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of a deleted pool and its queues.
class ScalingLoopFarewellTest extends ScalingLoopScene {

    @Test
    void deletesTheQueuesOfADeletedPoolInsteadOfScalingIt() {
        broker.queue("orders", 0, 0, 0);
        workloads.show(deployments.put(Pools.deployment(2, 1)));
        var pool = Pools.deleted(pool("queues: [{name: orders, deletionPolicy: Delete}]"), NOW);

        loop.update(pool, FakeSecrets.USABLE);
        assertThat(loop.queuesAreSettled(SHOP)).isFalse();
        assertThat(journal.lines()).isEmpty();
        assertThat(view().probe()).isInstanceOf(Probe.Seen.class);
        changed.clear();

        clock.forward(Duration.ofSeconds(10));
        loop.tick();
        assertThat(loop.queuesAreSettled(SHOP)).isTrue();
        assertThat(journal.lines()).containsExactly("delete orders", "event QueueDeleted");
        assertThat(changed).contains(SHOP);
    }

    @Test
    void keepsAQueueThatAnotherPoolConsumes() {
        broker.queue("orders", 0, 0, 0);
        var pool = Pools.deleted(pool("queues: [{name: orders, deletionPolicy: Delete}]"), NOW);
        var other = Pools.named("night", pool("queues: [{name: orders}]"));
        workloads.have(pool, other);
        clock.forward(Duration.ofSeconds(10));

        loop.update(pool, FakeSecrets.USABLE);
        assertThat(loop.queuesAreSettled(SHOP)).as("the other is not met yet").isFalse();

        loop.update(other, FakeSecrets.USABLE);
        loop.tick();
        assertThat(loop.queuesAreSettled(SHOP)).isTrue();
        assertThat(journal.lines()).containsExactly("event QueueKept");
    }

    @Test
    void aQueueGoesThatOnlyPoolsConsumeWhichGoAsWell() {
        broker.queue("orders", 0, 0, 0);
        var pool = Pools.deleted(pool("queues: [{name: orders, deletionPolicy: Delete}]"), NOW);
        var other = Pools.named("night", pool);
        workloads.have(pool, other);
        clock.forward(Duration.ofSeconds(10));

        loop.update(other, FakeSecrets.USABLE);
        loop.update(pool, FakeSecrets.USABLE);
        loop.tick();

        assertThat(broker.queues()).isEmpty();
        assertThat(loop.queuesAreSettled(SHOP)).isTrue();
    }

    @Test
    void aNameWithoutRoomForDeadLettersKeepsNoOthersQueues() {
        broker.queue("orders", 0, 0, 0);
        var pool = Pools.deleted(pool("queues: [{name: orders, deletionPolicy: Delete}]"), NOW);
        var other = Pools.named("night", pool("queues: [{name: %s}]".formatted("ж".repeat(126))));
        workloads.have(pool, other);
        clock.forward(Duration.ofSeconds(10));

        loop.update(other, FakeSecrets.USABLE);
        loop.update(pool, FakeSecrets.USABLE);
        loop.tick();

        assertThat(broker.queues()).isEmpty();
        assertThat(loop.queuesAreSettled(SHOP)).isTrue();
    }

    @Test
    void forgetsAPoolThatIsGone() {
        broker.queue("orders", 25, 0, 0);
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);

        loop.forget(SHOP);
        loop.tick();
        loop.seen(SHOP, broker, Probes.seen(Map.of(), NOW, "orders"));

        assertThat(broker.looks()).hasSize(1);
        assertThat(loop.view(SHOP)).isEmpty();
    }
}
