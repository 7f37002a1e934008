package dev.jtask.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.FakeDepths;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.RecordingBrokerMetrics;
import dev.jtask.operator.fake.SettableClock;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.protocol.uri.BrokerUri;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {

    private static final Duration TICK = Duration.ofSeconds(5);

    private static final AmqpAccess AMQP = FakeSecrets.USABLE.secret().amqp();

    private final FakeBroker broker = new FakeBroker();
    private final FakeDepths depths = new FakeDepths();
    private final RecordingBrokerMetrics metrics = new RecordingBrokerMetrics();
    private final Map<String, Probe> seen = new HashMap<>();
    private final SettableClock clock = new SettableClock(Instant.EPOCH);

    private final BrokerWatch<String> watch = new BrokerWatch<>(
            TICK,
            Duration.ofSeconds(4),
            access -> broker,
            amqp -> depths,
            metrics,
            clock,
            Runnable::run,
            (pool, api, probe) -> seen.put(pool, probe));

    @Test
    void oneCallServesEveryPoolOfABroker() {
        watch.watch("a", access("one"), AMQP, Set.of("q1", "shared"));
        watch.watch("b", access("one"), AMQP, Set.of("q2", "shared"));
        watch.watch("c", access("two"), AMQP, Set.of("q3"));

        watch.tick();

        assertThat(broker.looks()).containsExactlyInAnyOrder(Set.of("q1", "q2", "shared"), Set.of("q3"));
        assertThat(seen)
                .containsOnlyKeys("a", "b", "c")
                .allSatisfy((pool, probe) -> assertThat(probe).isInstanceOf(Probe.Seen.class));
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedLessAndLessOften() {
        watch.watch("a", access("one"), AMQP, Set.of("q"));
        broker.goAway();
        var asked = new ArrayList<Long>();
        for (int second = 0; second <= 120; second += 5) {
            var before = broker.looks().size();
            watch.tick();
            if (broker.looks().size() > before) {
                asked.add((long) second);
            }
            clock.forward(TICK);
        }

        assertThat(asked).containsExactly(0L, 5L, 15L, 35L, 65L, 95L);
        assertThat(seen.get("a")).isEqualTo(new Probe.Blind("BrokerUnreachable", "down", Instant.ofEpochSecond(95)));
    }

    @Test
    void aBrokerThatIsBackIsLookedAtEveryTickAgain() {
        watch.watch("a", access("one"), AMQP, Set.of("q"));
        broker.goAway();
        watch.tick();
        broker.failWith(null);
        clock.forward(TICK);
        watch.tick();
        watch.tick();

        assertThat(broker.looks()).hasSize(3);
        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void aPoolWhoseSecretNowNamesABrokerThatIsAwayHearsSoAtTheNextTick() {
        watch.watch("a", access("away"), AMQP, Set.of("q"));
        broker.goAway();
        for (int i = 0; i < 10; i++) {
            watch.tick();
            clock.forward(TICK);
        }
        var looks = broker.looks().size();
        watch.watch("b", access("other"), AMQP, Set.of("q"));

        watch.watch("b", access("away"), AMQP, Set.of("q"));
        watch.tick();

        assertThat(broker.looks()).hasSize(looks + 1);
        assertThat(seen.get("b")).isInstanceOf(Probe.Blind.class);
    }

    @Test
    void aForgottenPoolHearsNothingAndCostsNothing() {
        watch.watch("a", access("one"), AMQP, Set.of("q"));
        watch.forget("a");

        watch.tick();

        assertThat(broker.looks()).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void countsLooksByWhatCameOfThem() {
        watch.watch("a", access("one"), AMQP, Set.of("q"));
        watch.tick();
        broker.goAway();
        watch.tick();

        assertThat(metrics.looks()).containsExactly("http://one ok", "http://one BrokerUnreachable");
    }

    @Test
    void anAnswerThatCannotBeReadIsAFailedLookAndNotTheEnd() {
        watch.watch("a", access("one"), AMQP, Set.of("q"));
        broker.failWith(new ClassCastException("String is no Integer"));

        watch.tick();

        assertThat(seen.get("a"))
                .isEqualTo(new Probe.Blind(
                        "BrokerUnreachable",
                        "http://one gave an answer that is not the management API's (ClassCastException)",
                        Instant.EPOCH));
        broker.failWith(null);
        clock.forward(TICK);
        watch.tick();
        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void aLookThatHangsIsAbandonedAndWhatItSeesAtLastIsNotBelieved() {
        var started = new ArrayList<Runnable>();
        var hanging = new BrokerWatch<String>(
                TICK,
                Duration.ofSeconds(4),
                access -> broker,
                amqp -> depths,
                metrics,
                clock,
                started::add,
                (pool, api, probe) -> seen.put(pool, probe));
        hanging.watch("a", access("one"), AMQP, Set.of("q"));
        hanging.tick();
        hanging.tick();
        assertThat(started).as("looks while one hangs").hasSize(1);

        clock.forward(Duration.ofSeconds(61));
        hanging.tick();
        assertThat(started).as("looks after the first was given up").hasSize(2);
        started.get(1).run();
        assertThat(started).as("the second look tells the pool").hasSize(3);

        started.get(0).run();
        assertThat(started).as("the first tells nobody").hasSize(3);
    }

    @Test
    void aLookUnderWayAnswersForWhatItAskedAndNotForAnotherBroker() {
        var tasks = new ArrayList<Runnable>();
        var slow = new BrokerWatch<String>(
                TICK,
                Duration.ofSeconds(4),
                access -> broker,
                amqp -> depths,
                metrics,
                clock,
                tasks::add,
                (pool, api, probe) -> seen.put(pool, probe));
        slow.watch("a", access("one"), AMQP, Set.of("q1"));
        slow.watch("b", access("one"), AMQP, Set.of("q2"));
        slow.tick();
        slow.watch("a", access("one"), AMQP, Set.of("q1", "q3"));
        slow.watch("b", access("two"), AMQP, Set.of("q2"));

        List.copyOf(tasks).forEach(Runnable::run);
        tasks.subList(1, tasks.size()).forEach(Runnable::run);

        assertThat(seen).containsOnlyKeys("a");
        assertThat(Objects.requireNonNull(seen.get("a")).question())
                .isEqualTo(new Question(Set.of("q1", "q2"), Set.of("http://one vhost /")));
    }

    @Test
    void aLookThatIsAlwaysAbandonedIsBlind() {
        var tasks = new ArrayList<Runnable>();
        var hanging = new BrokerWatch<String>(
                TICK,
                Duration.ofSeconds(30),
                access -> broker,
                amqp -> depths,
                metrics,
                clock,
                tasks::add,
                (pool, api, probe) -> seen.put(pool, probe));
        hanging.watch("a", access("one"), AMQP, Set.of("q"));
        hanging.tick();
        clock.forward(Duration.ofSeconds(179));
        hanging.tick();
        assertThat(tasks).as("six answers of 30 s each may take that long").hasSize(1);

        clock.forward(Duration.ofSeconds(2));
        hanging.tick();
        tasks.get(1).run();
        tasks.get(2).run();
        assertThat(seen.get("a"))
                .isEqualTo(new Probe.Blind(
                        "BrokerUnreachable",
                        "http://one has not answered a look within 180 s: the look hangs and was given up;"
                                + " is the way to each of its servers open?",
                        clock.instant()));
        assertThat(broker.looks()).as("the next look asks again").isEmpty();

        tasks.get(0).run();
        assertThat(tasks).as("the first tells nobody").hasSize(3);
        clock.forward(Duration.ofSeconds(1));
        hanging.tick();
        tasks.get(3).run();
        assertThat(broker.looks()).as("nor has it ended the wait").isEmpty();
    }

    @Test
    void aPoolThatIsStillBusyWithALookIsNotGivenAnother() {
        var tasks = new ArrayList<Runnable>();
        var busy = new BrokerWatch<String>(
                TICK,
                Duration.ofSeconds(4),
                access -> broker,
                amqp -> depths,
                metrics,
                clock,
                tasks::add,
                (pool, api, probe) -> seen.put(pool, probe));
        busy.watch("a", access("one"), AMQP, Set.of("q"));
        busy.tick();
        tasks.get(0).run();
        busy.tick();
        tasks.get(2).run();
        assertThat(tasks).as("look, telling, look").hasSize(3);

        tasks.get(1).run();
        busy.tick();
        tasks.get(3).run();
        assertThat(tasks).as("and the next telling").hasSize(5);
    }

    @Test
    void countsTheMessagesOfEveryQueueThatIsThere() {
        broker.queue("q1", 40, 2, 1).queue("q2", 0, 0, 0);
        depths.waiting("q1", 3).waiting("q2", 9).waiting("missing", 1);
        watch.watch("a", access("one"), AMQP, Set.of("q1", "missing"));
        watch.watch("b", access("one"), AMQP, Set.of("q2"));

        watch.tick();

        assertThat(depths.counts())
                .singleElement()
                .satisfies(asked -> assertThat(asked).containsExactlyInAnyOrder("q1", "q2"));
        assertThat(sample("a", "q1")).isEqualTo(new QueueSample("q1", 3L, 2L, 1L, 0L, 0L, 40L));
        assertThat(sample("b", "q2")).isEqualTo(new QueueSample("q2", 9L, 0L, 0L, 0L, 0L, 0L));
    }

    @Test
    void goesByWhatWasToldWhereNothingCanBeCounted() {
        broker.queue("q", 40, 2, 1);
        depths.goAway();
        watch.watch("a", access("one"), AMQP, Set.of("q"));

        watch.tick();
        watch.beat(pool -> true);

        assertThat(sample("a", "q")).isEqualTo(new QueueSample("q", 40L, 2L, 1L, 0L, 0L));
    }

    @Test
    void tellsAnEmptyPoolBetweenTicksThatSomethingWaits() {
        broker.queue("q1", 0, 0, 0).queue("q2", 0, 0, 0);
        depths.waiting("q1", 0).waiting("q2", 0);
        watch.watch("empty", access("one"), AMQP, Set.of("q1"));
        watch.watch("busy", access("one"), AMQP, Set.of("q2"));
        watch.tick();
        seen.clear();
        watch.beat("empty"::equals);
        assertThat(seen).as("nothing waits").isEmpty();

        depths.waiting("q1", 12).waiting("q2", 5);
        clock.forward(Duration.ofMillis(500));
        watch.beat("empty"::equals);

        assertThat(seen).containsOnlyKeys("empty");
        assertThat(sample("empty", "q1")).isEqualTo(new QueueSample("q1", 12L, 0L, 0L, 0L, 0L, 0L));
        assertThat(Objects.requireNonNull(seen.get("empty")).at()).isEqualTo(Instant.ofEpochMilli(500));
        assertThat(broker.looks()).as("calls of the management API").hasSize(1);
    }

    @Test
    void doesNotTellAPoolTwiceOfTheSameMessages() {
        broker.queue("q", 0, 0, 0);
        watch.watch("a", access("one"), AMQP, Set.of("q"));
        watch.tick();
        depths.waiting("q", 2);
        watch.beat(pool -> true);
        seen.clear();

        watch.beat(pool -> true);
        assertThat(seen).isEmpty();

        depths.waiting("q", 3);
        watch.beat(pool -> true);
        assertThat(seen).containsOnlyKeys("a");
    }

    @Test
    void aBeatTakesUpToAHundredQueuesAndAllInTheirTurn() {
        for (int i = 0; i < 250; i++) {
            broker.queue("q" + i, 0, 0, 0);
            depths.waiting("q" + i, 0);
            watch.watch("pool" + i, access("one"), AMQP, Set.of("q" + i));
        }
        watch.tick();

        for (int beat = 0; beat < 3; beat++) {
            watch.beat(pool -> true);
        }

        var beats = depths.counts().subList(1, 4);
        assertThat(beats).allSatisfy(asked -> assertThat(asked).hasSize(100));
        assertThat(beats.stream().flatMap(List::stream).distinct()).hasSize(250);
    }

    @Test
    void takesLeaveOfABrokerThatNoPoolUsesAnyMore() {
        broker.queue("q", 0, 0, 0);
        watch.watch("a", access("one"), AMQP, Set.of("q"));
        watch.tick();
        assertThat(depths.isClosed()).isFalse();

        watch.forget("a");
        watch.tick();

        assertThat(depths.isClosed()).isTrue();
    }

    @Test
    void poolsWithUsersOfTheirOwnAreCountedByOneOfThemAndByAnotherWhenThatOneIsNotLetIn() {
        var opened = new ArrayList<String>();
        var others = new FakeDepths();
        others.goAway();
        var shared = new BrokerWatch<String>(
                TICK,
                Duration.ofSeconds(4),
                access -> broker,
                amqp -> {
                    opened.add(amqp.brokers().getFirst().login().user());
                    return opened.size() == 1 ? others : depths;
                },
                metrics,
                clock,
                Runnable::run,
                (pool, api, probe) -> seen.put(pool, probe));
        broker.queue("q", 40, 0, 0);
        depths.waiting("q", 1);
        shared.watch("a", access("one"), amqp("ann"), Set.of("q"));
        shared.watch("b", access("one"), amqp("ben"), Set.of("q"));

        for (int tick = 0; tick < 5; tick++) {
            shared.tick();
            clock.forward(TICK);
        }

        assertThat(opened).containsExactlyInAnyOrder("ann", "ben");
        assertThat(others.isClosed()).isTrue();
        assertThat(sample("a", "q").ready()).isEqualTo(1);
    }

    private QueueSample sample(String pool, String queue) {
        var probe = (Probe.Seen) Objects.requireNonNull(seen.get(pool));
        return Objects.requireNonNull(probe.queues().get(queue));
    }

    private static AmqpAccess amqp(String user) {
        return new AmqpAccess(BrokerUri.list("amqp://%s:p@one".formatted(user)), TlsMaterial.NONE);
    }

    private static BrokerAccess access(String host) {
        return new BrokerAccess(
                List.of(new ManagementDoor(URI.create("http://" + host), "u", "p", "/")), TlsMaterial.NONE);
    }
}
