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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is known of a broker whose management API does not answer.
class ManagementAwayTest {

    private static final Duration TICK = Duration.ofSeconds(5);

    private static final AmqpAccess AMQP = FakeSecrets.USABLE.secret().amqp();

    private final FakeBroker broker = new FakeBroker();
    private final FakeDepths depths = new FakeDepths();
    private final Map<String, Probe> seen = new HashMap<>();
    private final SettableClock clock = new SettableClock(Instant.EPOCH);

    private final BrokerWatch<String> watch = new BrokerWatch<>(
            TICK,
            Duration.ofSeconds(4),
            access -> broker,
            amqp -> depths,
            new RecordingBrokerMetrics(),
            clock,
            clock::nanos,
            Runnable::run,
            (pool, api, probe) -> seen.put(pool, probe));

    @Test
    void aClockThatIsPutBackMakesThePauseNoLonger() {
        depths.waiting("q", 2);
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        broker.goAway();
        watch.tick(pool -> false);
        broker.failWith(null);
        clock.forward(Duration.ofHours(-1));

        watch.tick(pool -> false);

        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void whatWaitsIsCountedAtEachTickWhileTheManagementIsAway() {
        depths.waiting("q", 2);
        watch.watch("a", access("one"), AMQP, Set.of("q", "other"), Set.of());
        broker.goAway();
        watch.tick(pool -> false);
        assertThat(seen.get("a")).isEqualTo(counted(2, 0));

        depths.waiting("q", 7);
        clock.forward(TICK);
        watch.tick(pool -> false);
        clock.forward(TICK);
        watch.tick(pool -> false);

        assertThat(seen.get("a")).isEqualTo(counted(7, 10));
        assertThat(broker.looks()).as("asked less often").hasSize(2);
    }

    @Test
    void whatThereWasNoTimeToCountIsAsItWasAMomentAgo() {
        depths.waiting("q", 2).waiting("other", 3);
        watch.watch("a", access("one"), AMQP, Set.of("q", "other"), Set.of());
        broker.goAway();
        watch.tick(pool -> false);

        depths.noTimeFor("other");
        clock.forward(TICK);
        watch.tick(pool -> false);
        assertThat(Objects.requireNonNull(seen.get("a")).queues())
                .containsEntry("other", QueueSample.unknown("other").counting(3));

        clock.forward(TICK);
        watch.tick(pool -> false);
        assertThat(seen.get("a")).as("what is ten seconds old").isEqualTo(counted(2, 10));
    }

    @Test
    void anEmptyPoolIsToldBetweenTicksAlsoWhileTheManagementIsAway() {
        depths.waiting("q", 0);
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        broker.goAway();
        watch.tick(pool -> false);
        depths.waiting("q", 9);
        clock.forward(Duration.ofSeconds(1));

        watch.beat(pool -> true);

        assertThat(seen.get("a")).isEqualTo(counted(9, 1));
        assertThat(broker.looks()).hasSize(1);
    }

    @Test
    void aCountThatFailsWhileTheManagementIsAwayIsToldOnce() {
        depths.waiting("q", 2);
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        broker.goAway();
        watch.tick(pool -> false);
        clock.forward(TICK);
        watch.tick(pool -> false);
        depths.goAway();
        clock.forward(TICK);
        watch.tick(pool -> false);

        assertThat(seen.get("a")).isEqualTo(new Probe.Blind("BrokerUnreachable", "down", Instant.ofEpochSecond(10)));
        seen.clear();
        watch.beat(pool -> true);
        assertThat(seen).isEmpty();
    }

    @Test
    void aBrokerThatCanBeCountedAtAgainIsAskedAtOnce() {
        broker.queue("q", 40, 2, 1);
        depths.waiting("q", 40);
        depths.goAway();
        broker.goAway();
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        for (int tick = 0; tick < 10; tick++) {
            watch.tick(pool -> false);
            clock.forward(TICK);
        }
        int looks = broker.looks().size();
        broker.failWith(null);
        watch.beat(pool -> false);
        assertThat(broker.looks()).as("not yet time to ask").hasSize(looks);

        depths.comeBack();
        watch.beat(pool -> false);

        assertThat(broker.looks()).hasSize(looks + 1);
        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);
    }

    private Probe counted(long ready, int second) {
        return new Probe.Counted(
                Objects.requireNonNull(seen.get("a")).question(),
                "BrokerUnreachable",
                "down",
                Map.of("q", QueueSample.unknown("q").counting(ready)),
                Instant.ofEpochSecond(second));
    }

    private static BrokerAccess access(String host) {
        return new BrokerAccess(
                List.of(new ManagementDoor(URI.create("http://" + host), "u", "p", "/")), TlsMaterial.NONE);
    }
}
