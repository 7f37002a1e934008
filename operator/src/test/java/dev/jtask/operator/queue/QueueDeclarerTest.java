package dev.jtask.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.fake.RecordingEvents;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueDeclarerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DECLARED = "queues: [{name: orders, declare: {type: quorum, deadLetter: true}}]";

    private final Journal journal = new Journal();
    private final FakeBroker broker = new FakeBroker(journal);
    private final RecordingEvents events = new RecordingEvents();
    private final QueueDeclarer declarer = new QueueDeclarer(events);

    @Test
    void createsTheDeadLetterQueueFirst() {
        assertThat(declare(Pools.pool(DECLARED), NOW)).isEmpty();

        assertThat(journal.lines()).containsExactly("declare orders.dead", "declare orders");
        assertThat(events.all())
                .allMatch(news -> news.reason().equals("QueueDeclared"))
                .extracting(Announcement::message)
                .first()
                .asString()
                .startsWith("queue orders.dead did not exist and was created with {");
    }

    @Test
    void neverTouchesAQueueThatExists() {
        broker.queue("orders", 0, 0, 0);

        assertThat(declare(Pools.pool(DECLARED), NOW)).isEmpty();

        assertThat(journal.lines()).isEmpty();
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

        assertThat(declare(pool, NOW)).isEqualTo(Map.of("orders", "may not declare orders"));
        assertThat(declare(pool, NOW.plusSeconds(29))).isEqualTo(Map.of("orders", "may not declare orders"));
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

    private Map<String, String> declare(TaskWorkerPool pool, Instant at) {
        return declarer.declareMissing(
                pool, broker, Probes.seen(broker.queues(), at, "orders", "orders.dead", "mails"));
    }
}
