package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jtask.autoscaler.WorkerReport.Work;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTimeTest {

    private final Given pool = new Given();

    @Test
    void comesFromTheWorkersOwnTotals() {
        var first = pool.has(Given.pod("a", 8, 4, 100, 200)).after(0, Given.queue(40, 4, 300, 200));

        assertThat(first.terms().busySeconds()).isCloseTo(0.5, within(0.001));
        assertThat(first.terms().learned()).isTrue();
    }

    @Test
    void isOfEachQueueByItself() {
        var report = new WorkerReport(4, 0, Map.of("short", new Work(20, 1_000), "long", new Work(400, 20)));
        pool.has(new PodSample("a", 8.0, report));
        var last = pool.after(
                0,
                new QueueSample("short", 100L, 0L, 1L, 1_100L, 1_000L),
                new QueueSample("long", 10L, 4L, 1L, 34L, 20L));

        assertThat(last.terms().queues())
                .extracting(Terms.QueueTerms::busySeconds)
                .containsExactly(0.02, 20.0);
        // 100 · 0.02 s + 10 · 20 s of work in 52 s on 4 slots
        assertThat(last.need()).isCloseTo((2 + 200) / 52.0 / 4, within(0.001));
    }

    @Test
    void isNotSmallBecauseAcknowledgementsAreToldBeforeBusySlots() {
        pool.has(new PodSample("a", 8.0, null), new PodSample("b", 8.0, null));
        pool.after(0, Given.queue(2_000, 0, 2_000, 0));
        pool.after(5, Given.queue(2_000, 0, 2_000, 218));
        var last = pool.after(5, Given.queue(2_000, 0, 2_000, 400));

        assertThat(last.message()).doesNotContain("0.00 s");
        assertThat(last.replicas()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void growsWhileNothingEnds() {
        pool.has(Given.pod("a", 8, 4, 0, 0)).after(0, Given.queue(20, 4, 24, 0));
        var last = pool.has(Given.pod("a", 8, 4, 160, 0)).after(40, Given.queue(20, 4, 24, 0));

        assertThat(last.terms().busySeconds()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void ofRejectedMessagesCountsToo() {
        // 100 runs of half a second of which 30 were rejected: the broker saw 70 acknowledgements
        var last = pool.has(Given.pod("a", 8, 4, 50, 100)).after(0, Given.queue(10, 4, 114, 70));

        assertThat(last.terms().busySeconds()).isCloseTo(0.5, within(0.001));
    }

    @Test
    void followsANewRelease() {
        double busy = 500;
        double ended = 1_000;
        pool.has(Given.pod("a", 8, 4, busy, ended)).after(0, Given.queue(0, 4, 1_000, 1_000));
        Decision last = pool.after(5, Given.queue(0, 4, 1_000, 1_000));
        for (int tick = 0; tick < 60; tick++) {
            busy += 20;
            ended += 10;
            last = pool.has(Given.pod("a", 8, 4, busy, ended)).after(5, Given.queue(0, 4, 1_000, 1_000));
        }

        assertThat(last.terms().busySeconds()).isCloseTo(2, within(0.2));
    }

    @Test
    void followsANewReleaseAfterADayOfWhichNothingWasSeen() {
        double busy = 50_000;
        double ended = 100_000;
        pool.has(Given.pod("a", 8, 4, 5, 10)).after(0, Given.queue(0, 4, 1_000, 1_000));
        var last = pool.has(Given.pod("a", 8, 4, busy, ended)).after(86_400, Given.queue(0, 4, 1_000, 1_000));
        for (int tick = 0; tick < 60; tick++) {
            busy += 20;
            ended += 10;
            last = pool.has(Given.pod("a", 8, 4, busy, ended)).after(5, Given.queue(0, 4, 1_000, 1_000));
        }

        assertThat(last.terms().busySeconds()).isCloseTo(2, within(0.2));
    }

    @Test
    void isNotOfAPodAloneThatSpeaksAgain() {
        pool.has(Given.pod("a", 8, 4, 5, 10), Given.pod("b", 8, 4, 0, 0)).after(0, Given.queue(0, 8, 1_000, 1_000));
        Decision last = pool.after(5, Given.queue(0, 8, 1_000, 1_000));
        for (int tick = 1; tick <= 60; tick++) {
            last = pool.has(new PodSample("a", 8.0, null), Given.pod("b", 8, 4, 20 * tick, 10 * tick))
                    .after(5, Given.queue(0, 8, 1_000, 1_000));
        }
        assertThat(last.terms().busySeconds()).isCloseTo(2, within(0.2));

        last = pool.has(Given.pod("a", 8, 4, 5_000, 10_000), Given.pod("b", 8, 4, 1_220, 610))
                .after(5, Given.queue(0, 8, 1_000, 1_000));

        assertThat(last.terms().busySeconds()).isGreaterThan(1.3);
    }

    @Test
    void aWorkerThatStartedAgainHasDoneAllOfItSince() {
        assertThat(new Work(2, 3).since(new Work(50, 100))).isEqualTo(new Work(2, 3));
        assertThat(List.of(new Work(60, 110).since(new Work(50, 100)))).containsExactly(new Work(10, 10));
    }

    @Test
    void isKnownToWhoeverTakesOverAPool() {
        pool.state = PoolState.knowing(12.0, Map.of("q", 0.25), Guards.NONE, pool.now);
        var first = pool.after(0, Given.queue(2_000, 0, 2_000, 0));

        assertThat(first.terms().busySeconds()).isEqualTo(0.25);
        assertThat(first.terms().learned()).isTrue();
        assertThat(first.terms().startupSeconds()).isEqualTo(12);
        assertThat(first.need()).isCloseTo(2_000 * 0.25 / 48 / 4, within(0.001));
    }

    @Test
    void whatWasAssumedIsStillNoKnowledgeAfterARestart() {
        pool.state = PoolState.knowing(Startup.ASSUMED_SECONDS, Map.of(), Guards.NONE, pool.now);
        var first = pool.has(Given.pod("a", 2, 0, 0, 0)).after(0, Given.queue(10, 0, 10, 0));

        assertThat(first.terms().startupSeconds()).isEqualTo(2);
        assertThat(first.terms().learned()).isFalse();
    }
}
