package dev.jtask.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.fake.RecordingEvents;
import dev.jtask.operator.fake.SettableClock;
import dev.jtask.operator.management.QueueDeletion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueueCleanerTest {

    private static final Instant DELETED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = DELETED.plusSeconds(10);

    private final Journal journal = new Journal();
    private final FakeBroker broker = new FakeBroker(journal);
    private final RecordingEvents events = new RecordingEvents();
    private final SettableClock clock = new SettableClock(DELETED);
    private final KnownDeletions deletions = new KnownDeletions(clock::nanos);
    private final QueueCleaner cleaner = new QueueCleaner(events, deletions);
    private final TaskWorkerPool pool =
            Pools.deleted(Pools.pool("queues: [{name: orders, deletionPolicy: Delete}, {name: mails}]"), DELETED);

    @Test
    void knowsWhichQueuesGoWithThePool() {
        var mixed = Pools.pool("""
            queues:
              - {name: orders, declare: {deadLetter: true}, deletionPolicy: Delete}
              - {name: mails, declare: {deadLetter: false}, deletionPolicy: Delete}
              - {name: used, deletionPolicy: Delete}
              - {name: kept, declare: {}}
            """);

        assertThat(QueueCleaner.doomed(mixed)).containsExactly("orders", "orders.dead", "mails", "used");
    }

    @Test
    void believesNoFigureFromBeforeTheDeletion() {
        broker.queue("orders", 0, 0, 0);

        assertThat(clean(LATER.minusMillis(1))).isFalse();

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void deletesAnEmptyQueueThatNobodyUsesAndNoOther() {
        broker.queue("orders", 0, 0, 0).queue("mails", 0, 0, 0);

        assertThat(clean(LATER)).isTrue();

        assertThat(journal.lines()).containsExactly("delete orders");
        assertThat(events.all())
                .containsExactly(
                        Announcement.normal("QueueDeleted", "queue orders was empty and was deleted with its pool"));
    }

    @Test
    void keepsAQueueThatHoldsMessagesAndSaysSo() {
        broker.queue("orders", 3, 0, 0);

        assertThat(clean(LATER)).isTrue();

        assertThat(journal.lines()).isEmpty();
        assertThat(events.all())
                .containsExactly(Announcement.warning(
                        "QueueKept",
                        "queue orders still holds 3 messages and was kept; delete it by hand if they may be lost"));
    }

    static Stream<QueueSample> notYet() {
        return Stream.of(
                new QueueSample("orders", 0L, 0L, 1L, 0L, 0L),
                new QueueSample("orders", 0L, 2L, 0L, 0L, 0L),
                new QueueSample("orders", null, 0L, 0L, 0L, 0L),
                new QueueSample("orders", 0L, null, 0L, 0L, 0L),
                new QueueSample("orders", 0L, 0L, null, 0L, 0L));
    }

    @ParameterizedTest
    @MethodSource("notYet")
    void waitsWhileAQueueIsUsedOrOneCannotTell(QueueSample queue) {
        broker.queue(queue);

        assertThat(clean(LATER)).isFalse();

        assertThat(journal.lines()).isEmpty();
        assertThat(events.all()).isEmpty();
    }

    @Test
    void isNotDoneWithAQueueThatWasNotAskedFor() {
        deletions.age(pool);
        clock.forward(Duration.ofSeconds(10));
        assertThat(cleaner.clean(pool, broker, Probes.seen(Map.of(), LATER, "mails"), () -> Claims.NONE))
                .isFalse();
    }

    @Test
    void isDoneWithAQueueThatIsGone() {
        assertThat(clean(LATER)).isTrue();
        assertThat(events.all()).isEmpty();
    }

    @Test
    void triesAgainWhatTheBrokerRefused() {
        broker.queue("orders", 0, 0, 0).refuse("orders");

        assertThat(clean(LATER)).isFalse();
        assertThat(events.all()).isEmpty();

        broker.allow("orders");
        assertThat(clean(LATER.plusSeconds(5))).isTrue();
        assertThat(broker.queues()).isEmpty();
    }

    @Test
    void asksAgainWhenTheBrokerFindsTheQueueInUse() {
        broker.queue("orders", 0, 0, 0).onDelete("orders", QueueDeletion.IN_USE);

        assertThat(clean(LATER)).isFalse();

        assertThat(broker.queues()).containsKey("orders");
        assertThat(events.all()).isEmpty();
    }

    @Test
    void keepsAQueueThatAnotherPoolConsumesThoughThatHasNoPods() {
        broker.queue("orders", 0, 0, 0);

        assertThat(clean(LATER, new Claims(Map.of("orders", "pool default/night"), Set.of())))
                .isTrue();

        assertThat(journal.lines()).isEmpty();
        assertThat(events.all())
                .containsExactly(Announcement.warning(
                        "QueueKept", "queue orders is also consumed by pool default/night and was kept"));
    }

    @Test
    void waitsWhileItIsNotKnownWhetherAnotherPoolConsumesAQueue() {
        broker.queue("orders", 0, 0, 0);

        assertThat(clean(LATER, new Claims(Map.of(), Set.of("orders")))).isFalse();

        assertThat(journal.lines()).isEmpty();
        assertThat(events.all()).isEmpty();
    }

    @Test
    void keepsAQueueThatTheBrokerWouldDeleteWithItsMessages() {
        broker.queue("orders", 0, 0, 0).onDelete("orders", QueueDeletion.UNSUPPORTED);

        assertThat(clean(LATER)).isTrue();

        assertThat(broker.queues()).containsKey("orders");
        assertThat(events.all()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo("QueueKept");
            assertThat(event.message()).contains("queue orders", "delete it by hand", "type classic");
        });
    }

    /// A task of an hour holds up its own queue, and no word on another is said twice meanwhile.
    @Test
    void settlesEachQueueOnceHoweverLongAnotherIsUsed() {
        var both = Pools.deleted(
                Pools.pool("queues: [{name: orders, deletionPolicy: Delete}, {name: mails, deletionPolicy: Delete}]"),
                DELETED);
        broker.queue("orders", 0, 1, 1).queue("mails", 0, 0, 0).onDelete("mails", QueueDeletion.UNSUPPORTED);
        deletions.age(both);
        clock.forward(Duration.ofSeconds(10));

        for (int look = 0; look < 60; look++) {
            assertThat(clean(both)).isFalse();
        }
        broker.queue("orders", 0, 0, 0);
        assertThat(clean(both)).isTrue();

        assertThat(journal.lines()).containsExactly("delete mails", "delete orders");
        assertThat(events.all()).extracting(Announcement::reason).containsExactly("QueueKept", "QueueDeleted");
    }

    /// What the broker moves to a queue that is none is dropped: a time to live that ends, a worker that rejects.
    @Test
    void aQueueForDeadLettersStaysWithItsQueueThatStays() {
        var both = withDeadLetters();
        broker.queue("orders", 3, 0, 0).queue("orders.dead", 0, 0, 0);

        assertThat(clean(both)).isTrue();
        broker.queue("orders", 0, 0, 0);
        assertThat(clean(both)).isTrue();

        assertThat(journal.lines()).isEmpty();
        assertThat(events.all())
                .last()
                .isEqualTo(Announcement.warning(
                        "QueueKept",
                        "queue orders.dead takes the dead letters of orders, which was kept, and was kept with it"));
    }

    @Test
    void aQueueForDeadLettersOutlivesItsQueue() {
        var both = withDeadLetters();
        broker.queue("orders", 0, 1, 1).queue("orders.dead", 0, 0, 0);
        assertThat(clean(both)).isFalse();
        assertThat(journal.lines()).isEmpty();
        assertThat(deletions.left(both)).containsExactly("orders", "orders.dead");

        broker.queue("orders", 0, 0, 0).refuse("orders");
        assertThat(clean(both)).isFalse();
        assertThat(broker.queues()).containsKey("orders.dead");
        journal.clear();

        broker.allow("orders");
        assertThat(clean(both)).isTrue();
        assertThat(journal.lines()).containsExactly("delete orders", "delete orders.dead");
    }

    @Test
    void aQueueForDeadLettersGoesAloneWhereItsQueueIsGone() {
        broker.queue("orders.dead", 0, 0, 0);

        assertThat(clean(withDeadLetters())).isTrue();

        assertThat(journal.lines()).containsExactly("delete orders.dead");
    }

    @Test
    void aQueueForDeadLettersThatIsNamedStaysWithOneThatIsRetained() {
        var named = deletedLongAgo("queues: [{name: orders.dead, deletionPolicy: Delete}, {name: orders}]");
        broker.queue("orders", 0, 0, 0).queue("orders.dead", 0, 0, 0);

        assertThat(clean(named)).isTrue();

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void aQueueForDeadLettersThatIsNamedFirstGoesLast() {
        var named = deletedLongAgo(
                "queues: [{name: orders.dead, deletionPolicy: Delete}, {name: orders, deletionPolicy: Delete}]");
        broker.queue("orders", 0, 0, 0).queue("orders.dead", 0, 0, 0);

        assertThat(clean(named)).isTrue();

        assertThat(journal.lines()).containsExactly("delete orders", "delete orders.dead");
    }

    private TaskWorkerPool withDeadLetters() {
        return deletedLongAgo("queues: [{name: orders, declare: {deadLetter: true}, deletionPolicy: Delete}]");
    }

    private TaskWorkerPool deletedLongAgo(String spec) {
        var deleted = Pools.deleted(Pools.pool(spec), DELETED);
        deletions.age(deleted);
        clock.forward(Duration.ofSeconds(10));
        return deleted;
    }

    @Test
    void deletesNothingThatItSaidWasKept() {
        var two = Pools.deleted(
                Pools.pool("queues: [{name: orders, deletionPolicy: Delete}, {name: mails, deletionPolicy: Delete}]"),
                DELETED);
        broker.queue("orders", 3, 0, 0).queue("mails", 0, 1, 1);
        deletions.age(two);
        clock.forward(Duration.ofSeconds(10));
        assertThat(clean(two)).isFalse();

        broker.queue("orders", 0, 0, 0).queue("mails", 0, 0, 0);
        assertThat(clean(two)).isTrue();

        assertThat(broker.queues()).containsOnlyKeys("orders");
        assertThat(events.all()).extracting(Announcement::reason).containsExactly("QueueKept", "QueueDeleted");
    }

    private boolean clean(TaskWorkerPool deleted) {
        return cleaner.clean(
                deleted,
                broker,
                Probes.seen(broker.queues(), clock.instant(), "orders", "orders.dead", "mails"),
                () -> Claims.NONE);
    }

    private boolean clean(Instant at) {
        return clean(at, Claims.NONE);
    }

    private boolean clean(Instant at, Claims claims) {
        deletions.age(pool);
        clock.forward(Duration.between(clock.instant(), at));
        return cleaner.clean(pool, broker, Probes.seen(broker.queues(), at, "orders", "mails"), () -> claims);
    }
}
