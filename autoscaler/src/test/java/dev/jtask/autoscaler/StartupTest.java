package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartupTest {

    private final Given pool = new Given();

    @Test
    void isTheFirstReadinessNotTheOneAfterAReconnect() {
        pool.after(0, Given.queue(10, 0, 10, 0));
        pool.has(new PodSample("a", null, null)).after(5, Given.queue(10, 0, 10, 0));
        pool.has(Given.pod("a", 9, 0, 0, 0)).after(5, Given.queue(10, 0, 10, 0));
        // the broker was away: ready again 25 minutes after its creation
        var last = pool.has(Given.pod("a", 1_500, 0, 0, 0)).after(5, Given.queue(10, 0, 10, 0));

        assertThat(last.terms().startupSeconds()).isEqualTo(9);
        assertThat(last.terms().drainSeconds()).isEqualTo(51);
    }

    @Test
    void ofPodsThatWereThereBeforeCountsOnlyWhileNothingBetterIsKnown() {
        var first = pool.has(Given.pod("old", 1_500, 0, 0, 0)).after(0, Given.queue(10, 0, 10, 0));
        assertThat(first.terms().drainSeconds()).as("half of the objective").isEqualTo(30);

        pool.has(Given.pod("old", 1_500, 0, 0, 0), new PodSample("new", null, null))
                .after(5, Given.queue(10, 0, 10, 0));
        var last = pool.has(Given.pod("old", 1_500, 0, 0, 0), Given.pod("new", 7, 0, 0, 0))
                .after(5, Given.queue(10, 0, 10, 0));
        assertThat(last.terms().startupSeconds()).isEqualTo(7);
    }

    @Test
    void ofAPodThatHadStartedAndWasNotReadyAtTheFirstLookIsNotKnown() {
        pool.has(new PodSample("old", null, true, null)).after(0, Given.queue(10, 0, 10, 0));
        var back = pool.has(Given.pod("old", 1_500, 0, 0, 0), new PodSample("new", null, null))
                .after(5, Given.queue(10, 0, 10, 0));
        assertThat(back.terms().startupSeconds())
                .as("the quickest that is known")
                .isEqualTo(1_500);

        var last = pool.has(Given.pod("old", 1_500, 0, 0, 0), Given.pod("new", 7, 0, 0, 0))
                .after(5, Given.queue(10, 0, 10, 0));
        assertThat(last.terms().startupSeconds()).isEqualTo(7);
    }

    @Test
    void asLongAsTheObjectiveDoesNotExplode() {
        var last = pool.has(new PodSample("a", 60.0, null)).after(0, Given.queue(600, 0, 600, 0));

        // 600 tasks of an assumed second in 30 s on 4 slots, not in one tick
        assertThat(last.need()).isEqualTo(5);
    }
}
