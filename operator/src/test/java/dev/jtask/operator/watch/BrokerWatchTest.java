package dev.jtask.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.RecordingBrokerMetrics;
import dev.jtask.operator.fake.SettableClock;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {

    private static final Duration TICK = Duration.ofSeconds(5);

    private final FakeBroker broker = new FakeBroker();
    private final RecordingBrokerMetrics metrics = new RecordingBrokerMetrics();
    private final Map<String, Probe> seen = new HashMap<>();
    private final SettableClock clock = new SettableClock(Instant.EPOCH);

    private final BrokerWatch<String> watch = new BrokerWatch<>(
            TICK, access -> broker, metrics, clock, Runnable::run, (pool, api, probe) -> seen.put(pool, probe));

    @Test
    void oneCallServesEveryPoolOfABroker() {
        watch.watch("a", access("one"), Set.of("q1", "shared"));
        watch.watch("b", access("one"), Set.of("q2", "shared"));
        watch.watch("c", access("two"), Set.of("q3"));

        watch.tick();

        assertThat(broker.looks()).containsExactlyInAnyOrder(Set.of("q1", "q2", "shared"), Set.of("q3"));
        assertThat(seen)
                .containsOnlyKeys("a", "b", "c")
                .allSatisfy((pool, probe) -> assertThat(probe).isInstanceOf(Probe.Seen.class));
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedLessAndLessOften() {
        watch.watch("a", access("one"), Set.of("q"));
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
        watch.watch("a", access("one"), Set.of("q"));
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
        watch.watch("a", access("away"), Set.of("q"));
        broker.goAway();
        for (int i = 0; i < 10; i++) {
            watch.tick();
            clock.forward(TICK);
        }
        var looks = broker.looks().size();
        watch.watch("b", access("other"), Set.of("q"));

        watch.watch("b", access("away"), Set.of("q"));
        watch.tick();

        assertThat(broker.looks()).hasSize(looks + 1);
        assertThat(seen.get("b")).isInstanceOf(Probe.Blind.class);
    }

    @Test
    void aForgottenPoolHearsNothingAndCostsNothing() {
        watch.watch("a", access("one"), Set.of("q"));
        watch.forget("a");

        watch.tick();

        assertThat(broker.looks()).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void countsLooksByWhatCameOfThem() {
        watch.watch("a", access("one"), Set.of("q"));
        watch.tick();
        broker.goAway();
        watch.tick();

        assertThat(metrics.looks()).containsExactly("http://one ok", "http://one BrokerUnreachable");
    }

    @Test
    void anAnswerThatCannotBeReadIsAFailedLookAndNotTheEnd() {
        watch.watch("a", access("one"), Set.of("q"));
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
                TICK, access -> broker, metrics, clock, started::add, (pool, api, probe) -> seen.put(pool, probe));
        hanging.watch("a", access("one"), Set.of("q"));
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
    void aPoolThatIsStillBusyWithALookIsNotGivenAnother() {
        var tasks = new ArrayList<Runnable>();
        var busy = new BrokerWatch<String>(
                TICK, access -> broker, metrics, clock, tasks::add, (pool, api, probe) -> seen.put(pool, probe));
        busy.watch("a", access("one"), Set.of("q"));
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

    private static BrokerAccess access(String host) {
        return new BrokerAccess(
                List.of(new ManagementDoor(URI.create("http://" + host), "u", "p", "/")), TlsMaterial.NONE);
    }
}
