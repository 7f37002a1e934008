package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Where the broker has no figures, and what waits can be counted all the same.
class CountedTest {

    private final Given given = new Given();

    @Test
    void growsByWhatWasCounted() {
        given.has(Given.pod("a", 8, 4, 20, 40));
        var decision = given.after(0, counted(2_000));

        assertThat(decision.basis()).isEqualTo(Basis.COUNT);
        assertThat(decision.reason()).isEqualTo(Reason.DrainTime);
        assertThat(decision.replicas())
                .as("2,000 tasks of half a second in 52 s")
                .isEqualTo(5);
        assertThat(decision.message())
                .isEqualTo(
                        "2000 ready need 4.81 pods to drain in 60 s (a task keeps a slot busy 0.50 s, 4 slots a pod); the broker has no figures, what waits was counted");
    }

    @Test
    void takesNothingAwayHoweverLittleWaits() {
        given.has(Given.pod("a", 0), Given.pod("b", 0), Given.pod("c", 0));
        for (int look = 0; look < 100; look++) {
            var decision = given.after(5, counted(0));

            assertThat(decision.replicas()).isEqualTo(3);
            assertThat(decision.reason()).isEqualTo(Reason.CountOnly);
            assertThat(decision.sparesRunning()).isTrue();
        }
    }

    @Test
    void saysWhyThePoolStays() {
        given.has(Given.pod("a", 0), Given.pod("b", 0), Given.pod("c", 0));

        assertThat(given.after(5, counted(0)).message())
                .endsWith("; the broker has no figures, what waits was counted, so 3 stay");
    }

    @Test
    void leavesAnEmptyPoolEmptyWhereNothingWaits() {
        var decision = given.after(5, counted(0));

        assertThat(decision.replicas()).isZero();
        assertThat(decision.reason()).isEqualTo(Reason.Idle);
    }

    @Test
    void oneQueueThatCannotBeCountedIsUnknownNotEmpty() {
        given.has(Given.pod("a", 0), Given.pod("b", 0));
        for (int look = 0; look < 20; look++) {
            var decision = given.after(5, Given.queue(0, 0, 0, 0), QueueSample.unknown("other"));

            assertThat(decision.basis()).isEqualTo(Basis.COUNT);
            assertThat(decision.reason()).isEqualTo(Reason.CountOnly);
            assertThat(decision.replicas()).isEqualTo(2);
            assertThat(decision.sparesRunning()).isTrue();
        }
    }

    @Test
    void anEmptyPoolIsNotIdleWhereAQueueIsUnknown() {
        var decision = given.after(5, Given.queue(0, 0, 0, 0), QueueSample.unknown("other"));

        assertThat(decision.replicas()).isZero();
        assertThat(decision.reason()).isEqualTo(Reason.CountOnly);
        assertThat(decision.message())
                .endsWith("; what waits elsewhere is unknown: the broker has no figures of queue other yet, so 0 stay");
    }

    @Test
    void growsByWhatIsKnownBesideAQueueThatIsDown() {
        given.has(Given.pod("a", 8, 4, 20, 40));
        var decision = given.after(
                0,
                Given.queue(2_000, 4, 2_044, 40),
                QueueSample.unknown("other").asDown());

        assertThat(decision.replicas()).isGreaterThan(4);
        assertThat(decision.reason()).isEqualTo(Reason.DrainTime);
        assertThat(decision.message()).endsWith("; what waits elsewhere is unknown: queue other is down");
    }

    @Test
    void knowsHowLongTasksTakeOfAQueueThatCameBack() {
        given.has(Given.pod("a", 8, 4, 20, 40));
        given.after(0, Given.queue(0, 4, 44, 40));
        var before = given.state.queue("q").busySeconds();
        given.after(5, QueueSample.unknown("q").asDown(), new QueueSample("other", 0L, 0L, 1L, 0L, 0L));

        assertThat(before).isNotNull();
        assertThat(given.state.queue("q").busySeconds()).isEqualTo(before);
        // what went through meanwhile is no flow of one moment
        given.after(5, Given.queue(0, 0, 100_000, 100_000), new QueueSample("other", 0L, 0L, 1L, 0L, 0L));
        var decision =
                given.after(5, Given.queue(0, 0, 100_000, 100_000), new QueueSample("other", 0L, 0L, 1L, 0L, 0L));
        assertThat(decision.terms().arrivalRate()).isZero();
    }

    @Test
    void namesTheQueuesWhereNothingIsKnownOfAny() {
        given.has(Given.pod("a", 0));
        var decision = given.after(
                5, QueueSample.unknown("q"), QueueSample.unknown("other").asDown());

        assertThat(decision.reason()).isEqualTo(Reason.Blind);
        assertThat(decision.replicas()).isEqualTo(1);
        assertThat(decision.message())
                .isEqualTo(
                        "the backlog is unknown: queue other is down and the broker has no figures of queue q yet; holding 1");
    }

    @Test
    void workersAndTheCountTellWhatArrivesMeanwhile() {
        // twenty a second of half a second each, told by the broker
        double ended = 0;
        for (int look = 0; look < 12; look++, ended += 100) {
            given.has(Given.pod("a", 8, 4, ended / 2, ended), Given.pod("b", 8, 4, 0, 0), Given.pod("c", 8, 2, 0, 0));
            given.after(5, Given.queue(0, 10, (long) ended, (long) ended));
        }
        // and forty, of which the broker tells nothing: the pods do twenty-four
        long waiting = 0;
        Decision decision = given.after(5, counted(waiting));
        for (int look = 0; look < 6; look++) {
            ended += 120;
            waiting += 80;
            given.has(Given.pod("a", 8, 4, ended / 2, ended), Given.pod("b", 8, 4, 0, 0), Given.pod("c", 8, 4, 0, 0));
            decision = given.after(5, counted(waiting));
        }

        assertThat(decision.terms().arrivalRate()).isCloseTo(40, within(2.0));
        assertThat(decision.replicas()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void whatCameMeanwhileIsNotCountedAgainByTheFiguresThatFollow() {
        double ended = 0;
        Decision decision = given.after(0, Given.queue(0, 0, 0, 0));
        for (int look = 0; look < 30; look++, ended += 100) {
            given.has(Given.pod("a", 8, 4, ended / 2, ended), Given.pod("b", 8, 4, 0, 0), Given.pod("c", 8, 2, 0, 0));
            boolean told = look < 12 || look > 17;
            decision = given.after(5, told ? Given.queue(0, 10, (long) ended, (long) ended) : counted(0));
            if (look > 6) {
                assertThat(decision.terms().arrivalRate()).as("look %d", look).isCloseTo(20, within(2.0));
            }
        }
        assertThat(decision.basis()).isEqualTo(Basis.FIGURES);
    }

    @Test
    void workersTellWhatArrivesAlsoWhereTheBrokerCountsNothingThatGoesThrough() {
        // such as one with management.rates_mode = none
        double ended = 0;
        Decision decision = given.after(0, uncounted(0));
        for (int look = 0; look < 30; look++) {
            ended += 100;
            given.has(Given.pod("a", 8, 4, ended / 2, ended), Given.pod("b", 8, 4, 0, 0), Given.pod("c", 8, 2, 0, 0));
            decision = given.after(5, uncounted(10));
        }

        assertThat(decision.basis()).isEqualTo(Basis.FIGURES);
        assertThat(decision.terms().arrivalRate()).isCloseTo(20, within(1.0));
        assertThat(decision.replicas()).isEqualTo(3);
    }

    @Test
    void whatEndedUnheardIsMissingInNoRateThatFollows() {
        double ended = 0;
        Decision decision = given.after(0, uncounted(0));
        for (int look = 0; look < 30; look++) {
            ended += 100;
            given.has(heard(look, "a", 4, ended), heard(look, "b", 4, 0), heard(look, "c", 2, 0));
            decision = given.after(5, uncounted(10));
            if (look > 6 && !isUnheard(look)) {
                assertThat(decision.terms().arrivalRate()).as("look %d", look).isCloseTo(20, within(1.0));
            }
        }
        assertThat(decision.replicas()).isEqualTo(3);
    }

    @Test
    void countersThatComeLaterAreNotCountedAgain() {
        double ended = 0;
        given.after(0, uncounted(0));
        for (int look = 0; look < 30; look++) {
            ended += 100;
            given.has(Given.pod("a", 8, 4, ended / 2, ended), Given.pod("b", 8, 4, 0, 0), Given.pod("c", 8, 2, 0, 0));
            boolean told = look > 12 && look < 20;
            var decision = given.after(5, told ? Given.queue(0, 10, (long) ended, (long) ended) : uncounted(10));
            if (look > 6) {
                assertThat(decision.terms().arrivalRate()).as("look %d", look).isCloseTo(20, within(2.0));
            }
        }
    }

    @Test
    void afterwardsTheWindowIsWatchedAnew() {
        given.has(Given.pod("a", 0), Given.pod("b", 0), Given.pod("c", 0));
        for (int look = 0; look < 3; look++) {
            given.after(5, Given.queue(0, 0, 100, 100));
        }
        for (int look = 0; look < 12; look++) {
            given.after(5, counted(0));
        }

        var first = given.after(5, Given.queue(0, 0, 100, 100));
        assertThat(first.replicas()).isEqualTo(3);
        assertThat(first.reason()).isEqualTo(Reason.Stabilizing);
        assertThat(first.notBefore()).isEqualTo(now().plusSeconds(30));
        for (int look = 0; look < 5; look++) {
            assertThat(given.after(5, Given.queue(0, 0, 100, 100)).replicas()).isEqualTo(3);
        }
        assertThat(given.after(5, Given.queue(0, 0, 100, 100)).replicas()).isZero();
    }

    @Test
    void aWindowWithAHoleWasNotWatched() {
        given.has(Given.pod("a", 0), Given.pod("b", 0), Given.pod("c", 0));
        given.after(5, Given.queue(0, 0, 100, 100));

        var first = given.after(300, Given.queue(0, 0, 100, 100));

        assertThat(first.replicas()).isEqualTo(3);
        assertThat(first.reason()).isEqualTo(Reason.Stabilizing);
    }

    @Test
    void oneLookThatFailsIsNoHole() {
        given.has(Given.pod("a", 0), Given.pod("b", 0), Given.pod("c", 0));
        for (int look = 0; look < 6; look++) {
            given.after(5, look == 2 ? counted(0) : Given.queue(0, 0, 100, 100));
        }

        assertThat(given.after(5, Given.queue(0, 0, 100, 100)).replicas()).isZero();
    }

    @Test
    void tasksOfWorkersThatSayNothingAreNotLongerBecauseNobodyTellsOfTheirEnd() {
        var silent = new PodSample("a", 8.0, null);
        given.has(silent);
        for (int look = 0; look < 20; look++) {
            given.after(5, Given.queue(0, 2, 20L * look, 20L * look));
        }
        var known = given.state.queue("q").busySeconds();
        for (int look = 0; look < 60; look++) {
            given.after(5, counted(10));
        }

        assertThat(given.state.queue("q").busySeconds()).isEqualTo(known);
        assertThat(given.desired).isEqualTo(1);
    }

    private Instant now() {
        return given.now;
    }

    /// Once in a while its report does not come.
    private static PodSample heard(int look, String id, int busy, double ended) {
        return isUnheard(look) ? new PodSample(id, 8.0, null) : Given.pod(id, 8, busy, ended / 2, ended);
    }

    private static boolean isUnheard(int look) {
        return look % 10 == 9;
    }

    /// Depths without counters.
    private static QueueSample uncounted(long unacked) {
        return new QueueSample("q", 0L, unacked, 3L, null, null);
    }

    private static QueueSample counted(long ready) {
        return QueueSample.unknown("q").counting(ready);
    }
}
