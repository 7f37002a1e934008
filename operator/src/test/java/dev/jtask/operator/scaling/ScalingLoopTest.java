package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.management.ManagementException.Fault;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.watch.Probe;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ScalingLoopTest extends ScalingLoopScene {

    private static final SecretReading UNREADABLE = new SecretReading.Unreadable("forbidden");

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
    void looksEveryPoolOverWhereTheClockIsPutBackByWhichTheSdksTimersGo() {
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        loop.tick();
        changed.clear();

        clock.forward(Duration.ofHours(-1));
        loop.tick();

        assertThat(changed).contains(SHOP);
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
    void leavesAQueueThatMovesWhileTheManagementIsAwayToTheNextTick() {
        depths.waiting("orders", 10);
        broker.goAway();
        var pool = pool("queues: [{name: orders, declare: {deadLetter: true}}]");
        loop.update(pool, FakeSecrets.USABLE);
        assertThat(view().probe()).isInstanceOf(Probe.Counted.class);
        int counts = depths.counts().size();

        for (int messages = 20; messages < 30; messages++) {
            // each count wakes the pool, whose reconcile this is
            depths.waiting("orders", messages);
            loop.update(pool, FakeSecrets.USABLE);
        }
        assertThat(depths.counts()).hasSize(counts);

        loop.tick();
        assertThat(depths.counts()).hasSize(counts + 1);
    }

    @Test
    void countsAQueueThatIsNewWhileTheManagementIsAwayAtOnce() {
        depths.waiting("orders", 10).waiting("mails", 5);
        broker.goAway();
        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);

        loop.update(pool("queues: [{name: orders}, {name: mails}]"), FakeSecrets.USABLE);

        assertThat(view().probe().queues()).containsOnlyKeys("orders", "mails");
    }

    @Test
    void triesAnotherPasswordAtOnceWhereThatWasWhyItOnlyCounts() {
        broker.queue("orders", 10, 0, 0).failWith(new ManagementException(Fault.CREDENTIALS, "wrong password"));
        depths.waiting("orders", 10);
        var pool = pool("queues: [{name: orders}]");
        loop.update(pool, FakeSecrets.USABLE);
        assertThat(view().probe()).isInstanceOf(Probe.Counted.class);

        broker.failWith(null);
        loop.update(pool, withPassword("right"));

        assertThat(view().probe()).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void aQueueThatMovesIsNewsOfItsOwnPoolsAlone() {
        broker.queue("orders", 0, 0, 0).queue("mails", 0, 0, 0);
        var shop = pool("queues: [{name: orders}]");
        var post = Pools.named("post", pool("queues: [{name: mails}]"));
        loop.update(shop, FakeSecrets.USABLE);
        loop.update(post, FakeSecrets.USABLE);
        loop.tick();
        changed.clear();

        broker.queue("mails", 7, 0, 0);
        loop.tick();

        assertThat(changed).containsExactly(ResourceID.fromResource(post));
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
        assertThat(events.all()).as("queues that were created").isEmpty();
    }

    @Test
    void declaresWhatIsMissingAndShowsWhatTheBrokerRefused() {
        broker.refuse("orders");

        loop.update(pool("queues: [{name: orders, declare: {deadLetter: false}}]"), FakeSecrets.USABLE);
        assertThat(journal.lines()).containsExactly("declare orders");
        assertThat(view().refused()).containsEntry("orders", "queue orders cannot be created: may not declare orders");

        broker.allow("orders");
        clock.forward(Duration.ofSeconds(30));
        loop.tick();
        assertThat(broker.queues()).containsKey("orders");
        assertThat(view().refused()).isEmpty();
    }

    @Test
    void asksForDeadLetterQueuesAsWellAndWaitsForNothingInThem() {
        broker.queue("orders", 0, 0, 0).queue("orders.dead", 0, 0, 0);
        depths.waiting("orders", 0).waiting("orders.dead", 7);
        workloads.show(deployments.put(Pools.deployment(0, 1)));

        loop.update(pool("queues: [{name: orders, declare: {deadLetter: true}}]"), FakeSecrets.USABLE);
        loop.beat();

        assertThat(broker.looks()).containsExactly(Set.of("orders", "orders.dead"));
        assertThat(depths.counts())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked).containsExactly("orders"));
        assertThat(view().backlog(List.of("orders"))).isZero();
        assertThat(journal.lines())
                .as("what one before may have left half made")
                .containsExactly("declare orders", "bind orders");
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

    /// As after a start of the operator: the size does not wait for the Secret.
    @Test
    void aSecretThatCannotBeReadFromTheStartHoldsUpNobodyWhoDecides() {
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        loop.update(Pools.pool("queues: [{name: orders}]\nreplicas: 5\nscaling: {mode: \"Off\"}"), UNREADABLE);

        assertThat(journal.lines()).containsExactly("scale shop to 5", "event ScaledUp");
        assertThat(view().probe()).isEqualTo(new Probe.Blind("SecretUnreadable", "forbidden", NOW));
    }

    @Test
    void aSecretThatCannotBeReadFromTheStartLeavesAPoolItsLeast() {
        workloads.show(deployments.put(Pools.deployment(0, 1)));

        loop.update(Pools.pool("queues: [{name: orders}]\nscaling: {minReplicas: 2}"), UNREADABLE);

        assertThat(journal.lines()).containsExactly("scale shop to 2", "event ScaledUp");
    }

    @Test
    void aSecretThatCannotBeReadAnyMoreLeavesItsBrokerLookedAt() {
        broker.queue("orders", 25, 0, 0);
        var pool = pool("queues: [{name: orders}]");
        loop.update(pool, FakeSecrets.USABLE);

        loop.update(pool, UNREADABLE);
        loop.tick();

        assertThat(broker.looks()).hasSize(2);
        assertThat(view().probe()).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void triesAgainAtTheNextLookWhatKubernetesRefused() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        deployments.failWith(new KubernetesClientException("away", 503, null));

        loop.update(pool("queues: [{name: orders}]"), FakeSecrets.USABLE);
        assertThat(view().hindrance()).contains("HTTP 503: away", "tried again");
        assertThat(changed).containsExactly(SHOP);

        deployments.failWith(null);
        loop.tick();
        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");
        assertThat(changed).containsExactly(SHOP, SHOP);
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

    private static SecretReading withPassword(String password) {
        var usual = FakeSecrets.USABLE.secret();
        var door = usual.access().doors().getFirst();
        var access = new BrokerAccess(
                List.of(new ManagementDoor(door.uri(), "u", password, door.vhost())),
                usual.access().tls());
        return new SecretReading.Usable(
                new BrokerSecret(usual.name(), "other", access, usual.amqp(), usual.workerUri(), usual.tlsKeys()));
    }
}
