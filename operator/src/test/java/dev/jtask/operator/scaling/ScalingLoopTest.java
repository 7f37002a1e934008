package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeDepths;
import dev.jtask.operator.fake.FakeReports;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.FakeWorkloads;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.fake.RecordingAnnotator;
import dev.jtask.operator.fake.RecordingBrokerMetrics;
import dev.jtask.operator.fake.RecordingEvents;
import dev.jtask.operator.fake.RecordingScalingMetrics;
import dev.jtask.operator.fake.SettableClock;
import dev.jtask.operator.queue.QueueCleaner;
import dev.jtask.operator.queue.QueueDeclarer;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.victim.Victims;
import dev.jtask.operator.watch.BrokerWatch;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.DeploymentApi;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ScalingLoopTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final ResourceID SHOP = new ResourceID("shop", "default");
    private static final SecretReading MISSING = new SecretReading.Missing("no Secret");

    private final Journal journal = new Journal();
    private final RecordingScalingMetrics metrics = new RecordingScalingMetrics();
    private final SettableClock clock = new SettableClock(NOW);
    private final FakeBroker broker = new FakeBroker(journal);
    private final FakeDepths depths = new FakeDepths();
    private final FakeDeployments deployments = new FakeDeployments(journal);
    private final FakeWorkloads workloads = new FakeWorkloads();
    private final RecordingEvents events = new RecordingEvents(journal);
    private final List<ResourceID> changed = new ArrayList<>();
    private boolean leads = true;
    private final ScalingLoop loop = loop(deployments);

    @Test
    void looksAtTheBrokerOfANewPoolAtOnce() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(0, 1)));

        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);

        assertThat(broker.looks()).containsExactly(Set.of("orders"));
        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");
        assertThat(changed).containsExactly(SHOP);
    }

    @Test
    void leavesTheBrokerOfAPoolThatWasSeenToTheNextTick() {
        broker.queue("orders", 0, 0, 0);
        var pool = pool("queues: [{name: orders}]");
        loop.update(pool, FakeSecrets.USABLE);

        loop.update(pool, FakeSecrets.USABLE);
        assertThat(broker.looks()).hasSize(1);

        loop.tick();
        assertThat(broker.looks()).hasSize(2);
    }

    @Test
    void takesInWhatThePoolAsksForNow() {
        broker.queue("orders", 25, 0, 0).queue("mails", 5, 0, 0);
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);

        loop.update(pool("queues: [{name: orders}, {name: mails}]"), FakeSecrets.USABLE);
        loop.tick();

        assertThat(broker.looks().getLast()).containsExactlyInAnyOrder("orders", "mails");
        assertThat(view().backlog(List.of("orders", "mails"))).isEqualTo(30);
    }

    @Test
    void aQueueThatWasNotAskedForIsNotMissing() {
        var orders = Map.of("orders", new QueueSample("orders", 0L, 0L, 1L, 0L, 0L));
        broker.queue("orders", 10, 0, 1).queue("mails", 0, 0, 0);
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        loop.update(pool("queues: [{name: orders}, {name: mails, declare: {}}]"), FakeSecrets.USABLE);
        assertThat(broker.looks()).as("looks, one for each").hasSize(2);

        // one that was under way when the spec changed
        loop.seen(SHOP, broker, Probes.seen(orders, NOW));

        assertThat(view().missing()).isEmpty();
        assertThat(view().refused()).isEmpty();
        assertThat(view().decision().reason()).isEqualTo(Reason.Blind);
        assertThat(view().decision().message())
                .isEqualTo("the backlog is unknown: mails has not been asked for yet; holding 1");
        assertThat(journal.lines()).noneMatch(line -> line.startsWith("declare"));
    }

    @Test
    void declaresWhatIsMissingAndShowsWhatTheBrokerRefused() {
        broker.refuse("orders");

        loop.update(pool("queues: [{name: orders, declare: {deadLetter: false}}]"), FakeSecrets.USABLE);
        assertThat(journal.lines()).containsExactly("declare orders");
        assertThat(view().refused()).containsEntry("orders", "may not declare orders");

        broker.allow("orders");
        clock.forward(Duration.ofSeconds(30));
        loop.tick();
        assertThat(broker.queues()).containsKey("orders");
        assertThat(view().refused()).isEmpty();
    }

    @Test
    void isBlindForAPoolWithoutASecretAndAsksItsBrokerNoMore() {
        broker.queue("orders", 25, 0, 0);
        var pool = pool("queues: [{name: orders}]");
        loop.update(pool, FakeSecrets.USABLE);

        loop.update(pool, MISSING);
        loop.tick();

        assertThat(broker.looks()).hasSize(1);
        assertThat(view().probe()).isEqualTo(new Probe.Blind("SecretMissing", "no Secret", NOW));
        assertThat(view().decision().reason()).isEqualTo(Reason.Blind);
    }

    @Test
    void looksAtOnceWhenTheSecretIsThereAgain() {
        broker.queue("orders", 25, 0, 0);
        var pool = pool("queues: [{name: orders}]");
        loop.update(pool, new SecretReading.Invalid("no uri"));
        assertThat(view().probe()).isEqualTo(new Probe.Blind("SecretInvalid", "no uri", NOW));

        loop.update(pool, FakeSecrets.USABLE);

        assertThat(view().probe()).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void lettingSomebodyElseDecideWaitsForNoBroker() {
        broker.queue("orders", 0, 0, 0);
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        loop.update(Pools.pool("queues: [{name: orders}]\nreplicas: 1\nscaling: {mode: \"Off\"}"), FakeSecrets.USABLE);
        journal.clear();

        loop.update(Pools.pool("queues: [{name: orders}]\nreplicas: 4\nscaling: {mode: \"Off\"}"), FakeSecrets.USABLE);

        assertThat(broker.looks()).hasSize(1);
        assertThat(journal.lines()).containsExactly("scale shop to 4", "event ScaledUp");
    }

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
    void forgetsAPoolThatIsGone() {
        broker.queue("orders", 25, 0, 0);
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);

        loop.forget(SHOP);
        loop.tick();
        loop.seen(SHOP, broker, Probes.seen(Map.of(), NOW, "orders"));

        assertThat(broker.looks()).hasSize(1);
        assertThat(loop.view(SHOP)).isEmpty();
    }

    @Test
    void triesAgainAtTheNextLookWhatKubernetesRefused() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        deployments.failWith(new KubernetesClientException("away", 503, null));

        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        assertThat(loop.view(SHOP)).isEmpty();
        assertThat(changed).isEmpty();

        deployments.failWith(null);
        loop.tick();
        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");
        assertThat(changed).containsExactly(SHOP);
    }

    @Test
    void aBrokerThatIsAwayLeavesThePoolsSize() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        broker.goAway();

        loop.tick();

        assertThat(view().probe()).isEqualTo(new Probe.Blind("BrokerUnreachable", "down", NOW));
        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void dropsALookThatComesWhileOneIsStillActedOn() throws InterruptedException {
        var writing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var slow = loop(new SlowWrites(deployments, writing, goOn));
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        var first = Thread.ofVirtual().start(() -> slow.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE));
        writing.await();

        slow.seen(SHOP, broker, new Probe.Blind("BrokerUnreachable", "down", NOW));
        assertThat(slow.view(SHOP)).isEmpty();

        goOn.countDown();
        first.join();
        assertThat(slow.view(SHOP).map(PoolView::probe)).get().isInstanceOf(Probe.Seen.class);
        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");
    }

    private ScalingLoop loop(DeploymentApi api) {
        return new ScalingLoop(
                listener -> new BrokerWatch<>(
                        TICK,
                        Duration.ofSeconds(4),
                        access -> broker,
                        amqp -> depths,
                        new RecordingBrokerMetrics(),
                        clock,
                        Runnable::run,
                        listener),
                TICK,
                new PodBudget(0, Map::of),
                workloads,
                new FakeReports(),
                new ReplicaWriter(api, new Victims(new FakeReports(), new RecordingAnnotator(journal)), events),
                metrics,
                new QueueDeclarer(events),
                new QueueCleaner(events),
                clock,
                changed::add,
                () -> leads);
    }

    @Test
    void aPoolThatIsEmptyDoesNotWaitForTheNextTick() {
        broker.queue("orders", 0, 0, 0);
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        assertThat(journal.lines()).isEmpty();

        depths.waiting("orders", 25);
        clock.forward(Duration.ofMillis(500));
        loop.beat();
        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");

        int counts = depths.counts().size();
        loop.beat();
        assertThat(depths.counts()).as("one that has pods can").hasSize(counts);
        assertThat(broker.looks()).hasSize(1);
    }

    @Test
    void betweenTicksNothingIsCountedWithoutTheLeaseOrForWhomSomebodyElseDecides() {
        broker.queue("orders", 0, 0, 0);
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        loop.update(Pools.pool("queues: [{name: orders}]\nreplicas: 0\nscaling: {mode: \"Off\"}"), FakeSecrets.USABLE);
        int counts = depths.counts().size();
        loop.beat();
        assertThat(depths.counts()).hasSize(counts);

        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        loop.tick();
        counts = depths.counts().size();
        leads = false;
        loop.beat();
        assertThat(depths.counts()).hasSize(counts);
    }

    @Test
    void declaresNothingWhileReconciliationIsPaused() {
        workloads.show(Pools.deployment(0, 1));
        var pool = pool("queues: [{name: new, declare: {}}]");
        pool.getMetadata().setAnnotations(Map.of("jtask.dev/pause-reconciliation", "true"));

        loop.update(pool, FakeSecrets.USABLE);

        assertThat(journal.lines()).noneMatch(line -> line.startsWith("declare"));
    }

    @Test
    void withoutTheLeaseNothingIsLookedAtDeclaredOrScaled() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(Pools.deployment(0, 1));
        leads = false;

        loop.update(pool("queues: [{name: orders}, {name: new, declare: {}}]"), FakeSecrets.USABLE);
        loop.tick();

        assertThat(broker.looks()).isEmpty();
        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void aLookThatEndsAfterTheLeaseWasLostChangesNothing() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(Pools.deployment(0, 1));
        leads = false;
        loop.update(pool("queues: [{name: orders}, {name: new, declare: {}}]"), FakeSecrets.USABLE);

        loop.seen(SHOP, broker, Probes.seen(broker.queues(), clock.instant(), "orders", "new"));

        assertThat(loop.view(SHOP)).isEmpty();
        assertThat(journal.lines()).isEmpty();
    }

    private PoolView view() {
        return loop.view(SHOP).orElseThrow();
    }

    private static TaskWorkerPool pool(String spec) {
        return Pools.pool(spec + "\nscaling: {objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}");
    }

    /// Holds each scaling until it may go on.
    private record SlowWrites(FakeDeployments deployments, CountDownLatch writing, CountDownLatch goOn)
            implements DeploymentApi {

        @Override
        public Optional<Deployment> find(String namespace, String name) {
            return deployments.find(namespace, name);
        }

        @Override
        public Deployment apply(Deployment deployment) {
            return deployments.apply(deployment);
        }

        @Override
        public Deployment scale(Deployment deployment, int replicas) {
            writing.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return deployments.scale(deployment, replicas);
        }

        @Override
        public void delete(Deployment deployment) {
            deployments.delete(deployment);
        }
    }
}
