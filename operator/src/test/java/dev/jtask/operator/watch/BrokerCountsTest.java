package dev.jtask.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.fake.FakeDepths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a broker is asked for over AMQP, besides the management API.
class BrokerCountsTest extends BrokerWatchScene {

    @Test
    void countsTheMessagesOfEveryQueueThatIsThere() {
        broker.queue("q1", 40, 2, 1).queue("q2", 0, 0, 0);
        depths.waiting("q1", 3).waiting("q2", 9).waiting("missing", 1);
        watch.watch("a", access("one"), AMQP, Set.of("q1", "missing"), Set.of());
        watch.watch("b", access("one"), AMQP, Set.of("q2"), Set.of());

        watch.tick(pool -> false);

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
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());

        watch.tick(pool -> false);
        watch.beat(pool -> true);

        assertThat(sample("a", "q")).isEqualTo(new QueueSample("q", 40L, 2L, 1L, 0L, 0L));
    }

    @Test
    void tellsAnEmptyPoolBetweenTicksThatSomethingWaits() {
        broker.queue("q1", 0, 0, 0).queue("q2", 0, 0, 0);
        depths.waiting("q1", 0).waiting("q2", 0);
        watch.watch("empty", access("one"), AMQP, Set.of("q1"), Set.of());
        watch.watch("busy", access("one"), AMQP, Set.of("q2"), Set.of());
        watch.tick(pool -> false);
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
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        watch.tick(pool -> false);
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
            watch.watch("pool" + i, access("one"), AMQP, Set.of("q" + i), Set.of());
        }
        watch.tick(pool -> false);

        for (int beat = 0; beat < 3; beat++) {
            watch.beat(pool -> true);
        }

        var beats = depths.counts().subList(1, 4);
        assertThat(beats).allSatisfy(asked -> assertThat(asked).hasSize(100));
        assertThat(beats.stream().flatMap(List::stream).distinct()).hasSize(250);
    }

    @Test
    void whatABeatCountedForAnEmptyPoolIsNotCountedAgainByTheNextTick() {
        broker.queue("idle", 0, 0, 0).queue("filled", 0, 0, 0).queue("busy", 0, 0, 1);
        depths.waiting("idle", 0).waiting("filled", 0).waiting("busy", 0);
        for (var queue : List.of("idle", "filled", "busy")) {
            watch.watch(queue, access("one"), AMQP, Set.of(queue), Set.of());
        }
        watch.tick(pool -> !pool.equals("busy"));
        watch.beat(pool -> !pool.equals("busy"));
        broker.queue("filled", 3, 0, 0);
        depths.waiting("filled", 4);

        clock.forward(TICK);
        watch.tick(pool -> !pool.equals("busy"));

        assertThat(depths.counts().getLast())
                .as("where pods run, and where something waits by now")
                .containsExactlyInAnyOrder("filled", "busy");
        assertThat(sample("filled", "filled").ready()).isEqualTo(4);
        assertThat(sample("idle", "idle").ready()).isZero();

        clock.forward(Duration.ofSeconds(11));
        watch.tick(pool -> !pool.equals("busy"));
        assertThat(depths.counts().getLast()).as("too long ago").contains("idle");
    }

    @Test
    void aCountThatWasLongOnItsWayOverrulesNoLookThatBeganMeanwhile() {
        broker.queue("gone", 0, 0, 0).queue("q", 0, 0, 0);
        depths.waiting("gone", 0).waiting("q", 2);
        watch.watch("a", access("one"), AMQP, Set.of("gone", "q"), Set.of());
        watch.tick(pool -> false);
        depths.meanwhile(() -> {
            var _ = broker.deleteIfUnused("gone");
            clock.forward(TICK);
            watch.tick(pool -> true);
            assertThat(lacks("gone")).isTrue();
        });

        watch.beat(pool -> true);
        assertThat(lacks("gone")).as("after the beat that began before").isTrue();

        depths.waiting("q", 5);
        watch.beat(pool -> true);
        assertThat(sample("a", "q").ready()).isEqualTo(5);
        assertThat(lacks("gone")).as("after the next beat").isTrue();
    }

    private boolean lacks(String queue) {
        return ((Probe.Seen) Objects.requireNonNull(seen.get("a"))).lacks(queue);
    }

    @Test
    void takesLeaveOfABrokerThatNoPoolUsesAnyMore() {
        broker.queue("q", 0, 0, 0);
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        watch.tick(pool -> false);
        assertThat(depths.isClosed()).isFalse();

        watch.forget("a");
        watch.tick(pool -> false);

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
                clock::nanos,
                Runnable::run,
                (pool, api, probe) -> seen.put(pool, probe));
        broker.queue("q", 40, 0, 0);
        depths.waiting("q", 1);
        shared.watch("a", access("one"), amqp("ann"), Set.of("q"), Set.of());
        shared.watch("b", access("one"), amqp("ben"), Set.of("q"), Set.of());

        for (int tick = 0; tick < 5; tick++) {
            shared.tick(pool -> false);
            clock.forward(TICK);
        }

        assertThat(opened).containsExactlyInAnyOrder("ann", "ben");
        assertThat(others.isClosed()).isTrue();
        assertThat(sample("a", "q").ready()).isEqualTo(1);
    }
}
