package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Budget;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.operator.watch.Probe;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
        wasDeletedLongAgo(pool);

        loop.update(pool, FakeSecrets.USABLE);
        assertThat(loop.queuesAreSettled(SHOP)).as("the other is not met yet").isFalse();

        loop.update(other, FakeSecrets.USABLE);
        loop.tick();
        assertThat(loop.queuesAreSettled(SHOP)).isTrue();
        assertThat(journal.lines()).containsExactly("event QueueKept");
    }

    /// `rabbitmq` and `rabbitmq.mq.svc`, `amqp` and `amqps`: nobody but the broker can tell whether it is one.
    @Test
    void keepsAQueueThatAnotherPoolConsumesByAnotherAddressOfTheBroker() {
        twoAddresses("/");
        loop.tick();
        assertThat(loop.queuesAreSettled(SHOP)).as("the brokers do not say yet").isFalse();
        names.put("http://rabbit.test:15672", "rabbit@one");
        loop.tick();
        assertThat(loop.queuesAreSettled(SHOP)).as("one does not say yet").isFalse();

        names.put("https://rabbit.mq.svc:15671", "rabbit@one");
        loop.tick();

        assertThat(loop.queuesAreSettled(SHOP)).isTrue();
        assertThat(journal.lines()).containsExactly("event QueueKept");
        assertThat(events.all())
                .singleElement()
                .extracting(Announcement::message)
                .isEqualTo(
                        "queue orders is also consumed by pool default/night (at https://rabbit.mq.svc:15671, which calls itself rabbit@one as well) and was kept");
    }

    @Test
    void aQueueGoesOfWhichAnotherBrokerHasTheName() {
        twoAddresses("/");
        names.put("http://rabbit.test:15672", "rabbit@one");
        names.put("https://rabbit.mq.svc:15671", "rabbit@two");

        loop.tick();

        assertThat(journal.lines()).containsExactly("delete orders", "event QueueDeleted");
    }

    @Test
    void aQueueGoesOfWhichAnotherVhostHasTheName() {
        twoAddresses("night");

        loop.tick();

        assertThat(journal.lines()).containsExactly("delete orders", "event QueueDeleted");
    }

    /// A pool that goes, and one that stays and consumes a queue of the same name.
    private void twoAddresses(String vhost) {
        broker.queue("orders", 0, 0, 0);
        var pool = Pools.deleted(pool("queues: [{name: orders, deletionPolicy: Delete}]"), NOW);
        var other = Pools.named("night", pool("queues: [{name: orders}]"));
        workloads.have(pool, other);
        loop.update(other, at("https://rabbit.mq.svc:15671", vhost));
        loop.update(pool, FakeSecrets.USABLE);
        clock.forward(Duration.ofSeconds(10));
    }

    private void wasDeletedLongAgo(TaskWorkerPool pool) {
        deletions.age(pool);
        clock.forward(Duration.ofSeconds(10));
    }

    private static SecretReading at(String uri, String vhost) {
        var usual = FakeSecrets.USABLE.secret();
        var access = new BrokerAccess(List.of(new ManagementDoor(URI.create(uri), "v", "q", vhost)), TlsMaterial.NONE);
        return new SecretReading.Usable(
                new BrokerSecret("other", usual.version(), access, usual.amqp(), usual.workerUri(), usual.tlsKeys()));
    }

    @Test
    void aQueueGoesThatOnlyPoolsConsumeWhichGoAsWell() {
        broker.queue("orders", 0, 0, 0);
        var pool = Pools.deleted(pool("queues: [{name: orders, deletionPolicy: Delete}]"), NOW);
        var other = Pools.named("night", pool);
        workloads.have(pool, other);
        wasDeletedLongAgo(pool);

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
        wasDeletedLongAgo(pool);

        loop.update(other, FakeSecrets.USABLE);
        loop.update(pool, FakeSecrets.USABLE);
        loop.tick();

        assertThat(broker.queues()).isEmpty();
        assertThat(loop.queuesAreSettled(SHOP)).isTrue();
    }

    @Test
    void aPoolThatGoesWhileItsPodsAreAskedIsNobodysNeighbourAndHasNoPods() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        workloads.show(List.of(Pods.ready("a")));
        reports.whenAsked(() -> loop.forget(SHOP));
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        assertThat(loop.view(SHOP)).isEmpty();
        assertThat(budget.grant(new Budget.Claim("default/other", 0, 0, 1_000), 0, NOW))
                .isEqualTo(1_000);

        var other = Pools.named("night", pool("queues: [{name: orders}]"));
        loop.update(other, FakeSecrets.USABLE);

        assertThat(loop.view(ResourceID.fromResource(other)))
                .hasValueSatisfying(
                        view -> assertThat(view.decision().message()).doesNotContain("default/shop"));
    }

    @Test
    void whatWasSettledOfAPoolThatWentMeanwhileIsNotOfItsNamesake() {
        broker.queue("orders", 0, 0, 0);
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        workloads.show(List.of(Pods.ready("a")));
        var pool = Pools.deleted(pool("queues: [{name: orders, deletionPolicy: Delete}]"), NOW);
        wasDeletedLongAgo(pool);
        reports.whenAsked(() -> loop.forget(SHOP));

        loop.update(pool, FakeSecrets.USABLE);

        assertThat(journal.lines()).contains("delete orders");
        assertThat(loop.queuesAreSettled(SHOP)).isFalse();
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
