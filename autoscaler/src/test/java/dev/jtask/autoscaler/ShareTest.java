package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareTest {

    private final ScalingPolicy policy = Given.policy(Duration.ZERO, Duration.ofMinutes(5));
    private PoolState state = PoolState.EMPTY;
    private Instant now = Given.START;

    @Test
    void ofWhatWaitsAPoolTakesItsPart() {
        assertThat(after(0, 0.25, Given.queue(2_000, 0, 2_000, 0)).need()).isCloseTo(500 / 55.0 / 4, within(1e-9));
    }

    @Test
    void aSingleMessageIsNotNobodys() {
        assertThat(after(0, 0.1, Given.queue(1, 0, 1, 0)).replicas()).isEqualTo(1);
    }

    @Test
    void ofWhatArrivesAPoolTakesItsPart() {
        Decision last = after(0, 0.25, Given.queue(0, 0, 0, 0));
        for (int tick = 1; tick <= 8; tick++) {
            last = after(5, 0.25, Given.queue(0, 20, 100L * tick, 100L * tick - 20));
        }

        assertThat(last.terms().arrivalRate()).isCloseTo(5, within(0.3));
    }

    @Test
    void anotherPartIsNoArrival() {
        after(0, 1, Given.queue(0, 0, 1_000_000, 1_000_000));
        for (int tick = 0; tick < 8; tick++) {
            assertThat(after(5, tick % 2 == 0 ? 0.5 : 1, Given.queue(0, 0, 1_000_000, 1_000_000))
                            .terms()
                            .arrivalRate())
                    .isZero();
        }
    }

    @Test
    void theSentenceSaysSo() {
        assertThat(after(0, 0.25, Given.queue(2_000, 0, 2_000, 0)).message())
                .isEqualTo(
                        "500 ready need 2.27 pods to drain in 60 s (a task keeps a slot busy 1 s by assumption, 4 slots a pod)"
                                + ", 25 % of queue q being its part beside pool shop/large");
    }

    /// Each of two pools that looked at its part alone would leave twice its threshold to the other, for ever.
    @Test
    void whatWakesAnEmptyPoolIsTheWholeQueue() {
        var threshold = new Directives(false, 30, Range.of(0, 50));
        var empty = new Replicas(0, 0);

        var few = Plan.of(after(0, 0.5, Given.queue(30, 0, 30, 0)), empty, threshold);
        var more = Plan.of(after(5, 0.5, Given.queue(31, 0, 31, 0)), empty, threshold);
        var nothing = Plan.of(after(5, 0, Given.queue(31, 0, 31, 0)), empty, threshold);

        assertThat(few.reason()).isEqualTo(Reason.BelowActivation);
        assertThat(more.replicas()).isEqualTo(1);
        assertThat(nothing.replicas()).as("where another pool takes all").isZero();
    }

    private Decision after(int seconds, double part, QueueSample queue) {
        now = now.plusSeconds(seconds);
        var sample = new Sample.Seen(
                List.of(queue), List.of(), new Replicas(0, 0), Map.of("q", new Share(part, "pool shop/large")));
        var decision = Autoscaler.decide(state, sample, policy, now);
        state = decision.next();
        return decision;
    }
}
