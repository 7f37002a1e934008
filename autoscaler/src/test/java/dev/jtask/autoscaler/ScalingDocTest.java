package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The worked numbers of `docs/scaling.md`.
class ScalingDocTest {

    private final Given pool = new Given();

    @Test
    void aBurstOnAnEmptyPool() throws IOException {
        var decision = pool.after(0, Given.queue(2_000, 0, 2_000, 0));

        assertThat(decision.replicas()).isEqualTo(10);
        assertDocumented(decision);
    }

    @Test
    void aSteadyLoad() throws IOException {
        Decision last = pool.after(0, Given.queue(0, 0, 0, 0));
        for (int tick = 1; tick <= 12; tick++) {
            long done = 100L * tick;
            var each = new PodSample[3];
            for (int i = 0; i < each.length; i++) {
                each[i] = Given.pod("p" + i, 8, 3, done * 0.5 / 3, done / 3.0);
            }
            last = pool.has(each).after(5, Given.queue(0, 10, done + 10, done));
        }

        assertDocumented(last);
    }

    @Test
    void longTasks() throws IOException {
        pool.has(Given.pod("a", 8, 2, 3_300, 10), Given.pod("b", 8, 2, 3_300, 10));

        assertDocumented(pool.after(0, Given.queue(6, 4, 30, 20)));
    }

    @Test
    void longTasksThatAreSpared() throws IOException {
        pool.policy = Given.policy(Duration.ZERO, Duration.ofSeconds(30));
        pool.has(Given.pod("a", 8, 1, 3_300, 10), Given.pod("b", 8, 0, 3_300, 10), Given.pod("c", 8, 1, 3_300, 10));

        assertDocumented(pool.after(0, Given.queue(0, 2, 22, 20)));
    }

    @Test
    void anOpenWindow() throws IOException {
        var decided = pool.after(0, Given.queue(0, 0, 0, 0));
        var office = Range.of(0, 50).with("'45 7 * * mon-fri' (UTC)", 4, null);

        assertDocumented(Plan.of(decided, new Replicas(0, 0), new Directives(false, 0, office)));
    }

    @Test
    void tasksThatFail() throws IOException {
        pool.has(Given.failing("a", 0, 0)).after(0, Given.queue(600, 4, 604, 0));
        var decided = pool.has(Given.failing("a", 60, 57)).after(5, Given.queue(600, 4, 604, 0));

        assertDocumented(Plan.of(decided, new Replicas(1, 1), Directives.NONE));
    }

    @Test
    void aQueueThatIsShared() throws IOException {
        var sample = new Sample.Seen(
                List.of(Given.queue(2_000, 0, 2_000, 0)),
                List.of(),
                new Replicas(0, 0),
                Map.of("q", new Share(0.25, "pool shop/large")));

        assertDocumented(Autoscaler.decide(PoolState.EMPTY, sample, pool.policy, pool.now));
    }

    private static void assertDocumented(Decision decision) throws IOException {
        assertThat(Files.readAllLines(Path.of("..", "docs", "scaling.md"))).contains("> " + decision.message());
    }
}
