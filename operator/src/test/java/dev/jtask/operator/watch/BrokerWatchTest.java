package dev.jtask.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.management.QueueDeclaration;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.TlsMaterial;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {

    private static final Duration TICK = Duration.ofSeconds(5);

    private final List<Set<String>> calls = new ArrayList<>();
    private final Map<String, Probe> seen = new HashMap<>();
    private final MovableClock clock = new MovableClock();
    private boolean down;

    private final BrokerWatch<String> watch = new BrokerWatch<>(
            TICK,
            access -> new OneQueue(),
            (broker, outcome, took) -> {},
            clock,
            Runnable::run,
            (pool, api, probe) -> seen.put(pool, probe));

    @Test
    void oneCallServesEveryPoolOfABroker() {
        watch.watch("a", access("one"), Set.of("q1", "shared"));
        watch.watch("b", access("one"), Set.of("q2", "shared"));
        watch.watch("c", access("two"), Set.of("q3"));

        watch.tick();

        assertThat(calls).containsExactlyInAnyOrder(Set.of("q1", "q2", "shared"), Set.of("q3"));
        assertThat(seen)
                .containsOnlyKeys("a", "b", "c")
                .allSatisfy((pool, probe) -> assertThat(probe).isInstanceOf(Probe.Seen.class));
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedLessAndLessOften() {
        watch.watch("a", access("one"), Set.of("q"));
        down = true;
        var asked = new ArrayList<Long>();
        for (int second = 0; second <= 120; second += 5) {
            var before = calls.size();
            watch.tick();
            if (calls.size() > before) {
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
        down = true;
        watch.tick();
        down = false;
        clock.forward(TICK);
        watch.tick();
        watch.tick();

        assertThat(calls).hasSize(3);
        assertThat(seen.get("a")).isInstanceOf(Probe.Seen.class);
    }

    @Test
    void aForgottenPoolHearsNothingAndCostsNothing() {
        watch.watch("a", access("one"), Set.of("q"));
        watch.forget("a");

        watch.tick();

        assertThat(calls).isEmpty();
        assertThat(seen).isEmpty();
    }

    private static BrokerAccess access(String host) {
        return new BrokerAccess(URI.create("http://" + host), "u", "p", "/", TlsMaterial.NONE);
    }

    private final class OneQueue implements ManagementApi {

        @Override
        public Map<String, QueueSample> read(Set<String> names) {
            calls.add(names);
            if (down) {
                throw new ManagementException(ManagementException.Fault.UNREACHABLE, "down");
            }
            return Map.of();
        }

        @Override
        public void declare(QueueDeclaration declaration) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String queue) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.EPOCH;

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
