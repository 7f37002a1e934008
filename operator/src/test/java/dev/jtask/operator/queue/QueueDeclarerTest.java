package dev.jtask.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.fake.RecordingEvents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueDeclarerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DECLARED = "queues: [{name: orders, declare: {type: quorum, deadLetter: true}}]";

    private static final Map<String, String> REFUSED =
            Map.of("orders", "queue orders cannot be created: may not declare orders");
    private static final Map<String, String> UNBOUND =
            Map.of("orders", "queue orders cannot be bound: may not bind orders");

    private final Journal journal = new Journal();
    private final FakeBroker broker = new FakeBroker(journal);
    private final RecordingEvents events = new RecordingEvents();
    private final QueueDeclarer declarer = new QueueDeclarer(events);

    @Test
    void createsTheDeadLetterQueueFirst() {
        assertThat(declare(Pools.pool(DECLARED), NOW)).isEmpty();

        assertThat(journal.lines()).containsExactly("declare orders.dead", "declare orders", "bind orders");
        assertThat(events.all())
                .allMatch(news -> news.reason().equals("QueueDeclared"))
                .extracting(Announcement::message)
                .first()
                .asString()
                .startsWith("queue orders.dead did not exist and was created with {");
    }

    @Test
    void neverTouchesAQueueThatIsKnownToBeWhole() {
        broker.queue("orders", 0, 0, 0).queue("orders.dead", 0, 0, 0);

        assertThat(declare(whole(3, 5L), NOW)).isEmpty();

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void bindsAQueueThatALeaderCreatedWhichWasKilledThen() {
        broker.refuse("bind orders");
        declare(Pools.pool(DECLARED), NOW);
        broker.allow("bind orders");

        for (var stored : List.of(Pools.pool(DECLARED), whole(2, 5L), whole(3, null))) {
            journal.clear();
            var next = new QueueDeclarer(events);
            assertThat(declare(next, stored, NOW)).isEmpty();
            assertThat(declare(next, stored, NOW.plusSeconds(5))).isEmpty();

            assertThat(journal.lines())
                    .as("to create it again is nothing")
                    .containsExactly("declare orders", "bind orders");
        }
    }

    @Test
    void leavesAQueueAloneThatSomebodyMadeInAnotherWay() {
        broker.queue("orders", 0, 0, 0).queue("orders.dead", 0, 0, 0).refuse("declare orders");

        assertThat(declare(Pools.pool(DECLARED), NOW)).isEmpty();
        assertThat(declare(Pools.pool(DECLARED), NOW.plusSeconds(60))).isEmpty();

        assertThat(journal.lines()).containsExactly("declare orders");
    }

    @Test
    void asksASlowBrokerAgainWhetherAQueueIsTheOneItWouldCreate() {
        broker.queue("orders", 0, 0, 0).queue("orders.dead", 0, 0, 0).answerTooLateFor("orders");

        assertThat(declare(Pools.pool(DECLARED), NOW)).containsOnlyKeys("orders");
        assertThat(declare(Pools.pool(DECLARED), NOW.plusSeconds(30))).isEmpty();

        assertThat(journal.lines()).containsExactly("declare orders", "declare orders", "bind orders");
    }

    /// A pool of generation 3 of which an operator said that every queue exists.
    private static TaskWorkerPool whole(long generation, @Nullable Long ready) {
        var pool = Pools.pool(DECLARED);
        pool.setStatus(Pools.YAML.unmarshal("""
            replicas: 0
            readyReplicas: 0
            selector: ""
            queues: [{name: orders, ready: %s}]
            conditions:
            - {type: QueuesReady, status: "True", reason: AllExist, message: "", observedGeneration: %d}
            """.formatted(ready, generation), TaskWorkerPoolStatus.class));
        return pool;
    }

    @Test
    void doesNotCreateAQueueThatWasNotAskedFor() {
        assertThat(declarer.declareMissing(Pools.pool(DECLARED), broker, Probes.seen(Map.of(), NOW, "mails")))
                .isEmpty();

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void leavesAQueueToOthersThatThePoolOnlyUses() {
        assertThat(declare(Pools.pool("queues: [{name: orders}]"), NOW)).isEmpty();

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void asksABrokerThatRefusedAgainOnlyAfterAWhile() {
        broker.refuse("orders");
        var pool = Pools.pool(DECLARED);

        assertThat(declare(pool, NOW)).isEqualTo(REFUSED);
        assertThat(declare(pool, NOW.plusSeconds(29))).isEqualTo(REFUSED);
        assertThat(journal.lines()).containsExactly("declare orders.dead", "declare orders");

        broker.allow("orders");
        assertThat(declare(pool, NOW.plusSeconds(30))).isEmpty();
        assertThat(broker.queues()).containsKeys("orders", "orders.dead");
    }

    @Test
    void doesNotWaitWhenSomethingElseIsAskedFor() {
        broker.refuse("orders");
        declare(Pools.pool(DECLARED), NOW);
        broker.allow("orders");

        assertThat(declare(Pools.pool(DECLARED.replace("quorum", "classic")), NOW))
                .isEmpty();
        assertThat(broker.queues()).containsKey("orders");
    }

    @Test
    void aRefusalIsOfOnePoolAndOneQueue() {
        broker.refuse("orders");
        declare(Pools.pool(DECLARED), NOW);
        journal.clear();
        var other = Pools.pool("queues: [{name: mails, declare: {}}, {name: orders, declare: {type: quorum}}]");
        other.getMetadata().setUid("u-2");

        assertThat(declare(other, NOW)).containsOnlyKeys("orders");
        assertThat(journal.lines()).contains("declare mails", "declare orders");
    }

    @Test
    void tellsOfTheQueueThatWasCreatedBeforeTheRefusal() {
        broker.refuse("orders");

        declare(Pools.pool(DECLARED), NOW);

        assertThat(events.all())
                .singleElement()
                .extracting(Announcement::message)
                .asString()
                .contains("queue orders.dead ");
    }

    @Test
    void goesOnUntilTheQueueIsBound() {
        broker.refuse("bind orders");
        var pool = Pools.pool(DECLARED);
        assertThat(declare(pool, NOW)).isEqualTo(UNBOUND);
        assertThat(declare(pool, NOW.plusSeconds(5))).isEqualTo(UNBOUND);
        assertThat(declare(pool, NOW.plusSeconds(30))).isEqualTo(UNBOUND);
        journal.clear();

        broker.allow("bind orders");
        assertThat(declare(pool, NOW.plusSeconds(60))).isEmpty();
        assertThat(declare(pool, NOW.plusSeconds(65))).isEmpty();

        assertThat(journal.lines()).containsExactly("bind orders");
    }

    @Test
    void bindsAQueueThatASlowBrokerCreatedAllTheSame() {
        broker.answerTooLateFor("orders");
        var pool = Pools.pool(DECLARED);
        assertThat(declare(pool, NOW)).containsOnlyKeys("orders");
        journal.clear();

        assertThat(declare(pool, NOW.plusSeconds(5))).isEmpty();

        assertThat(journal.lines()).containsExactly("bind orders");
    }

    @Test
    void goesOnWithWhatAnOperatorBeforeItCouldNotFinish() {
        broker.queue("orders", 0, 0, 0).queue("orders.dead", 0, 0, 0).queue("mails", 0, 0, 0);
        var pool = Pools.pool("""
            queues: [{name: orders, declare: {type: quorum}}, {name: mails, declare: {deadLetter: false}}]
            """);
        pool.setStatus(Pools.YAML.unmarshal("""
            replicas: 0
            readyReplicas: 0
            selector: ""
            queues: []
            conditions:
            - {type: QueuesReady, status: "False", reason: DeclareRefused, message: "queue orders cannot be bound: no"}
            """, TaskWorkerPoolStatus.class));

        assertThat(declare(pool, NOW)).isEmpty();
        assertThat(declare(pool, NOW.plusSeconds(5))).isEmpty();

        assertThat(journal.lines()).containsExactly("bind orders", "declare mails", "bind mails");
    }

    @Test
    void createsADeadLetterQueueThatIsMissingAlone() {
        broker.queue("orders", 0, 0, 0);
        broker.refuse("orders.dead");
        var pool = whole(3, 0L);
        assertThat(declare(pool, NOW))
                .isEqualTo(Map.of("orders", "queue orders.dead cannot be created: may not declare orders.dead"));

        broker.allow("orders.dead");
        assertThat(declare(pool, NOW.plusSeconds(30))).isEmpty();

        assertThat(journal.lines()).containsExactly("declare orders.dead", "declare orders.dead");
        assertThat(events.all())
                .singleElement()
                .extracting(Announcement::message)
                .asString()
                .contains("queue orders.dead ");
    }

    @Test
    void tellsOnceOfAQueueThatWasCreated() {
        broker.refuse("orders");
        for (int second = 0; second < 120; second += 30) {
            declare(Pools.pool(DECLARED), NOW.plusSeconds(second));
        }

        assertThat(events.all()).as("of orders.dead").hasSize(1);
        assertThat(journal.lines()).filteredOn("declare orders.dead"::equals).hasSize(1);
    }

    @Test
    void aClockThatIsPutBackMakesNoRefusalLastLonger() {
        broker.refuse("orders");
        var pool = Pools.pool(DECLARED);
        assertThat(declare(pool, NOW)).isEqualTo(REFUSED);
        broker.allow("orders");

        assertThat(declare(pool, NOW.minusSeconds(3_600))).isEmpty();
        assertThat(broker.queues()).containsKey("orders");
    }

    @Test
    void aNameThatLeavesNoRoomForAnotherIsARefusal() {
        var name = "ü".repeat(126);

        var refused = declarer.declareMissing(
                Pools.pool("queues: [{name: %s, declare: {deadLetter: true}}]".formatted(name)),
                broker,
                Probes.seen(Map.of(), NOW, name));

        assertThat(refused.get(name))
                .startsWith("queue %s cannot be ".formatted(name))
                .contains("dead letters");
        assertThat(journal.lines()).isEmpty();
    }

    private Map<String, String> declare(TaskWorkerPool pool, Instant at) {
        return declare(declarer, pool, at);
    }

    private Map<String, String> declare(QueueDeclarer declarer, TaskWorkerPool pool, Instant at) {
        return declarer.declareMissing(
                pool, broker, Probes.seen(broker.queues(), at, "orders", "orders.dead", "mails"));
    }
}
