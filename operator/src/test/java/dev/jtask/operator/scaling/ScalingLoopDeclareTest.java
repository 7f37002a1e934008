package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A broker that lists its queues at once and takes its time to create one.
class ScalingLoopDeclareTest extends ScalingLoopScene {

    private static final String QUEUES = "queues: [{name: orders, declare: {deadLetter: true}}]";

    /// What waits for the broker.
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private final ScalingLoop slow = loop(deployments, waiting::add);

    @BeforeEach
    void start() {
        broker.queue("orders", 25, 0, 0);
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        slow.update(pool(QUEUES), FakeSecrets.USABLE);
    }

    @Test
    void thePoolIsScaledThoughAQueueIsStillBeingCreated() {
        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");

        broker.queue("orders", 45, 0, 0);
        slow.tick();
        slow.tick();

        assertThat(journal.lines()).contains("scale shop to 5").noneMatch(line -> line.startsWith("declare"));
        assertThat(waiting).as("one at a time").hasSize(1);
    }

    @Test
    void whatBecameOfItIsShownAtOnce() {
        broker.refuse("orders.dead");
        changed.clear();

        waiting.remove().run();

        assertThat(slow.view(SHOP).orElseThrow().refused())
                .containsEntry("orders", "queue orders.dead cannot be created: may not declare orders.dead");
        assertThat(changed).containsExactly(SHOP);

        slow.tick();
        assertThat(slow.view(SHOP).orElseThrow().refused()).as("it is so still").containsOnlyKeys("orders");
        waiting.remove().run();

        broker.allow("orders.dead");
        clock.forward(Duration.ofSeconds(30));
        slow.tick();
        waiting.remove().run();

        assertThat(broker.queues()).containsKey("orders.dead");
        assertThat(slow.view(SHOP).orElseThrow().refused()).isEmpty();
    }

    @Test
    void aPoolThatIsDeletedMeanwhileIsCleanedUpAfterIt() {
        var deleted = Pools.deleted(
                pool("queues: [{name: orders, declare: {deadLetter: true}, deletionPolicy: Delete}]"), NOW);
        deletions.age(deleted);
        clock.forward(Duration.ofSeconds(10));
        slow.update(deleted, FakeSecrets.USABLE);
        slow.tick();
        assertThat(events.all())
                .as("it may come yet")
                .noneMatch(event -> event.reason().equals("QueueKept"));

        waiting.remove().run();
        broker.queue("orders", 0, 0, 0).queue("orders.dead", 0, 0, 0);
        slow.tick();

        assertThat(broker.queues()).isEmpty();
        assertThat(slow.queuesAreSettled(SHOP)).isTrue();
    }

    @Test
    void whoIsGoneOrHasLostTheLeaseCreatesNothing() {
        leads = false;
        waiting.remove().run();
        assertThat(journal.lines()).noneMatch(line -> line.startsWith("declare"));

        leads = true;
        slow.tick();
        slow.forget(SHOP);
        waiting.remove().run();
        assertThat(journal.lines()).noneMatch(line -> line.startsWith("declare"));
    }
}
