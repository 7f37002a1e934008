package dev.jtask.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.operator.management.ManagementException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BrokerWatchTest extends BrokerWatchScene {

    @Test
    void oneCallServesEveryPoolOfABroker() {
        watch.watch("a", access("one"), AMQP, Set.of("q1", "shared"), Set.of());
        watch.watch("b", access("one"), AMQP, Set.of("q2", "shared"), Set.of());
        watch.watch("c", access("two"), AMQP, Set.of("q3"), Set.of());

        watch.tick(pool -> false);

        assertThat(broker.looks()).containsExactlyInAnyOrder(Set.of("q1", "q2", "shared"), Set.of("q3"));
        assertThat(seen)
                .containsOnlyKeys("a", "b", "c")
                .allSatisfy((pool, probe) -> assertThat(probe).isInstanceOf(Probe.Seen.class));
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedLessAndLessOften() {
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        broker.goAway();
        var asked = new ArrayList<Long>();
        for (int second = 0; second <= 120; second += 5) {
            var before = broker.looks().size();
            watch.tick(pool -> false);
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
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        broker.goAway();
        watch.tick(pool -> false);
        broker.failWith(null);
        clock.forward(TICK);
        watch.tick(pool -> false);
        watch.tick(pool -> false);

        assertThat(broker.looks()).hasSize(3);
        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void aPoolWhoseSecretNowNamesABrokerThatIsAwayHearsSoAtTheNextTick() {
        watch.watch("a", access("away"), AMQP, Set.of("q"), Set.of());
        broker.goAway();
        for (int i = 0; i < 10; i++) {
            watch.tick(pool -> false);
            clock.forward(TICK);
        }
        var looks = broker.looks().size();
        watch.watch("b", access("other"), AMQP, Set.of("q"), Set.of());

        watch.watch("b", access("away"), AMQP, Set.of("q"), Set.of());
        watch.tick(pool -> false);

        assertThat(broker.looks()).hasSize(looks + 1);
        assertThat(seen.get("b")).isInstanceOf(Probe.Blind.class);
    }

    @Test
    void aForgottenPoolHearsNothingAndCostsNothing() {
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        watch.forget("a");

        watch.tick(pool -> false);

        assertThat(broker.looks()).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void countsLooksByWhatCameOfThem() {
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        watch.tick(pool -> false);
        broker.goAway();
        watch.tick(pool -> false);

        assertThat(metrics.looks()).containsExactly("http://one ok", "http://one BrokerUnreachable");
    }

    @Test
    void anAnswerThatCannotBeReadIsAFailedLookAndNotTheEnd() {
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        broker.failWith(new ClassCastException("String is no Integer"));

        watch.tick(pool -> false);

        var why = ManagementException.unreachable("http://one", new IllegalStateException());
        assertThat(seen.get("a"))
                .isEqualTo(new Probe.Blind("BrokerUnreachable", String.valueOf(why.getMessage()), Instant.EPOCH));
        broker.failWith(null);
        clock.forward(TICK);
        watch.tick(pool -> false);
        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void anErrorIsAFailedLookWithItsPauseAndNotTheEnd() {
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        broker.breakWith(new StackOverflowError("on purpose"));
        for (int i = 0; i < 4; i++) {
            watch.tick(pool -> false);
            clock.forward(TICK);
        }
        assertThat(seen.get("a")).isInstanceOf(Probe.Blind.class);
        assertThat(broker.looks()).as("less and less often").hasSize(3);

        broker.breakWith(null);
        clock.forward(Duration.ofSeconds(30));
        watch.tick(pool -> false);
        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void whatFindsNoThreadIsTriedAgain() {
        var threads = new AtomicInteger();
        Executor scarce = task -> {
            if (threads.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("no thread");
            }
            task.run();
        };
        var scarcely = watch(Duration.ofSeconds(4), scarce);
        broker.queue("q", 5, 0, 0);
        scarcely.watch("a", access("one"), AMQP, Set.of("q"), Set.of());

        assertThatThrownBy(() -> scarcely.tick(pool -> false))
                .as("for the look")
                .hasMessage("no thread");
        threads.set(1);
        assertThatThrownBy(() -> scarcely.tick(pool -> false))
                .as("for the pool")
                .hasMessage("no thread");
        threads.set(2);
        scarcely.tick(pool -> false);
        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);

        threads.set(0);
        assertThatThrownBy(() -> scarcely.beat(pool -> true))
                .as("for the count")
                .hasMessage("no thread");
        int counts = depths.counts().size();
        threads.set(2);
        scarcely.beat(pool -> true);
        assertThat(depths.counts()).hasSizeGreaterThan(counts);
    }

    @Test
    void aLookThatHangsIsAbandonedAndWhatItSeesAtLastIsNotBelieved() {
        var started = new ArrayList<Runnable>();
        var hanging = watch(Duration.ofSeconds(4), started::add);
        hanging.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        hanging.tick(pool -> false);
        hanging.tick(pool -> false);
        assertThat(started).as("looks while one hangs").hasSize(1);

        clock.forward(Duration.ofSeconds(61));
        hanging.tick(pool -> false);
        assertThat(started).as("looks after the first was given up").hasSize(2);
        started.get(1).run();
        assertThat(started).as("the second look tells the pool").hasSize(3);

        started.get(0).run();
        assertThat(started).as("the first tells nobody").hasSize(3);
    }

    @Test
    void aLookThatHangsIsAbandonedNoLaterByAClockThatIsPutBack() {
        var started = new ArrayList<Runnable>();
        var hanging = watch(Duration.ofSeconds(4), started::add);
        hanging.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        hanging.tick(pool -> false);
        clock.forward(Duration.ofHours(-1));
        hanging.tick(pool -> false);
        assertThat(started).as("it may have just begun").hasSize(1);

        clock.forward(Duration.ofSeconds(61));
        hanging.tick(pool -> false);
        assertThat(started).hasSize(2);
    }

    @Test
    void aLookHasNotHungWhereTheClockIsPutForward() {
        var started = new ArrayList<Runnable>();
        var slow = watch(Duration.ofSeconds(4), started::add);
        slow.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        slow.tick(pool -> false);
        clock.jump(Duration.ofHours(1));
        slow.tick(pool -> false);

        assertThat(started).as("looks").hasSize(1);
    }

    @Test
    void aLookUnderWayAnswersForWhatItAskedAndNotForAnotherBroker() {
        var tasks = new ArrayList<Runnable>();
        var slow = watch(Duration.ofSeconds(4), tasks::add);
        slow.watch("a", access("one"), AMQP, Set.of("q1"), Set.of());
        slow.watch("b", access("one"), AMQP, Set.of("q2"), Set.of());
        slow.tick(pool -> false);
        slow.watch("a", access("one"), AMQP, Set.of("q1", "q3"), Set.of());
        slow.watch("b", access("two"), AMQP, Set.of("q2"), Set.of());

        List.copyOf(tasks).forEach(Runnable::run);
        tasks.subList(1, tasks.size()).forEach(Runnable::run);

        assertThat(seen).containsOnlyKeys("a");
        assertThat(Objects.requireNonNull(seen.get("a")).question())
                .isEqualTo(new Question(Set.of("q1"), Set.of("http://one vhost /")));
    }

    @Test
    void aPoolHearsOfItsOwnQueuesAlone() {
        broker.queue("q1", 1, 0, 0).queue("q2", 2, 0, 0);
        watch.watch("a", access("one"), AMQP, Set.of("q1"), Set.of("q1.dead"));
        watch.watch("b", access("one"), AMQP, Set.of("q2"), Set.of());

        watch.tick(pool -> false);

        var probe = (Probe.Seen) Objects.requireNonNull(seen.get("a"));
        assertThat(probe.queues()).containsOnlyKeys("q1");
        assertThat(probe.question().queues()).containsExactlyInAnyOrder("q1", "q1.dead");
        assertThat(probe.lacks("q1.dead")).isTrue();
    }

    @Test
    void aLookForOnePoolIsALookForAllOfItsBroker() {
        watch.watch("a", access("one"), AMQP, Set.of("q1"), Set.of());
        watch.watch("b", access("one"), AMQP, Set.of("q2"), Set.of());
        watch.watch("c", access("two"), AMQP, Set.of("q3"), Set.of());

        watch.lookFor("a", pool -> false);
        watch.lookFor("unknown", pool -> false);

        assertThat(broker.looks()).containsExactly(Set.of("q1", "q2"));
        assertThat(seen).containsOnlyKeys("a", "b");
    }

    @Test
    void aLookThatIsAlwaysAbandonedIsBlind() {
        var tasks = new ArrayList<Runnable>();
        var hanging = watch(Duration.ofSeconds(30), tasks::add);
        hanging.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        hanging.tick(pool -> false);
        clock.forward(Duration.ofSeconds(179));
        hanging.tick(pool -> false);
        assertThat(tasks).as("six answers of 30 s each may take that long").hasSize(1);

        clock.forward(Duration.ofSeconds(2));
        hanging.tick(pool -> false);
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
        hanging.tick(pool -> false);
        tasks.get(3).run();
        assertThat(broker.looks()).as("nor has it ended the wait").isEmpty();
    }

    /// Each pool may have a user or a vhost of its own, so that no look serves two of them.
    @Test
    void manyLooksAtOneServerAreMadeSomeAtATime() {
        var slow = new SlowApi(Duration.ofMillis(50));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var heard = new ConcurrentHashMap<String, Probe>();
            var crowded = new BrokerWatch<String>(
                    TICK,
                    Duration.ofSeconds(4),
                    access -> slow,
                    amqp -> depths,
                    metrics,
                    clock,
                    clock::nanos,
                    threads,
                    (pool, api, probe) -> heard.put(pool, probe));
            for (int i = 0; i < 200; i++) {
                crowded.watch("pool-" + i, access("one", "user-" + i), AMQP, Set.of("q"), Set.of());
            }

            crowded.tick(pool -> false);
            clock.forward(Duration.ofSeconds(50));
            await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() > Places.LOOKS_AT_ONCE);
            clock.forward(Duration.ofSeconds(50));
            crowded.tick(pool -> false);

            await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() == 200);
            assertThat(heard.values()).allSatisfy(probe -> assertThat(probe).isInstanceOf(Probe.Seen.class));
            assertThat(slow.most()).isBetween(2, Places.LOOKS_AT_ONCE);
        }
    }

    @Test
    void looksThatHangKeepNoPlaceFromOthers() {
        var hang = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hanging = new SlowApi(Duration.ZERO, hang);
            var heard = new ConcurrentHashMap<String, Probe>();
            var crowded = new BrokerWatch<String>(
                    TICK,
                    Duration.ofSeconds(4),
                    access -> hanging,
                    amqp -> depths,
                    metrics,
                    clock,
                    clock::nanos,
                    threads,
                    (pool, api, probe) -> heard.put(pool, probe));
            for (int i = 0; i < 2 * Places.LOOKS_AT_ONCE; i++) {
                crowded.watch("pool-" + i, access("one", "user-" + i), AMQP, Set.of("q"), Set.of());
            }
            crowded.tick(pool -> false);
            await().atMost(Duration.ofSeconds(60)).until(() -> hanging.most() == Places.LOOKS_AT_ONCE);

            clock.forward(Duration.ofSeconds(61));
            crowded.tick(pool -> false);

            await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() == Places.LOOKS_AT_ONCE);
            assertThat(heard.values()).allSatisfy(probe -> assertThat(probe).isInstanceOf(Probe.Blind.class));
            await("those that waited")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> hanging.most() == 2 * Places.LOOKS_AT_ONCE);
            hang.countDown();
            await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() == 2 * Places.LOOKS_AT_ONCE);
        } finally {
            hang.countDown();
        }
    }

    @Test
    void aPoolThatIsStillBusyWithALookIsNotGivenAnother() {
        var tasks = new ArrayList<Runnable>();
        var busy = watch(Duration.ofSeconds(4), tasks::add);
        busy.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        busy.tick(pool -> false);
        tasks.get(0).run();
        busy.tick(pool -> false);
        tasks.get(2).run();
        assertThat(tasks).as("look, telling, look").hasSize(3);

        tasks.get(1).run();
        busy.tick(pool -> false);
        tasks.get(3).run();
        assertThat(tasks).as("and the next telling").hasSize(5);
    }
}
