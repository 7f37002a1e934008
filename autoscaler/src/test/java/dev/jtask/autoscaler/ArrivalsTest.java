package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// How many messages come, from counters that do not say all and are not always there.
class ArrivalsTest {

    private final Given pool = new Given();

    @Test
    void delayedTasksArriveThoughNobodyPublishesThem() {
        Decision last = pool.after(0, Given.queue(0, 0, 0, 0));
        for (int tick = 1; tick <= 12; tick++) {
            // 10/s come out of a delay queue and are worked off at once
            last = pool.after(5, Given.queue(0, 0, 0, 50L * tick));
        }

        assertThat(last.terms().arrivalRate()).isCloseTo(10, within(0.5));
    }

    @Test
    void aRateIsOverTheTimeThatWasWatched() {
        pool.after(0, Given.queue(0, 0, 7_000, 7_000));
        pool.after(5, Given.queue(0, 0, 8_000, 8_000));
        var last = pool.after(5, Given.queue(0, 0, 9_000, 9_000));

        assertThat(last.terms().arrivalRate()).isCloseTo(200, within(1.0));
    }

    @Test
    void whatAllOfTheLastFifteenSecondsSawIsARateHoweverQuietItWasBefore() {
        var last = quietThen(200, 200, 200);

        assertThat(last.terms().arrivalRate()).isCloseTo(40, within(0.5));
    }

    @Test
    void whatNoneOfThemSawIsNoneHoweverMuchThereWasBefore() {
        assertThat(quietThen(200, 200, 200, 200, 200, 200, 0, 0, 0).terms().arrivalRate())
                .isZero();
    }

    @Test
    void whatIsMoreThanAnyOfThemSawIsOver() {
        assertThat(quietThen(200, 200, 200, 200, 200, 200, 10, 10, 10, 10)
                        .terms()
                        .arrivalRate())
                .isCloseTo(2, within(0.1));
    }

    @Test
    void aBurstThatTwoLooksSawIsStillNone() {
        var last = quietThen(1_000, 1_000);

        assertThat(last.terms().arrivalRate()).as("the average of 25 s").isCloseTo(40, within(0.5));
    }

    /// A minute without messages, then so many at each look, all of which are worked off at once.
    private Decision quietThen(long... messages) {
        long sum = 0;
        Decision last = pool.after(0, Given.queue(0, 0, 0, 0));
        for (int tick = 0; tick < 12; tick++) {
            last = pool.after(5, Given.queue(0, 0, 0, 0));
        }
        for (long more : messages) {
            sum += more;
            last = pool.after(5, Given.queue(0, 0, sum, sum));
        }
        return last;
    }

    @Test
    void anOutageLeavesTheTrueMeanBehind() {
        for (int tick = 0; tick <= 12; tick++) {
            pool.after(5, Given.queue(0, 0, 100L * tick, 100L * tick));
        }
        // two minutes without statistics
        var last = pool.after(120, Given.queue(0, 0, 3_600, 3_600));

        assertThat(last.terms().arrivalRate()).isCloseTo(20, within(0.5));
    }

    @Test
    void countersThatAreNotToldAreUnknownAndNotZero() {
        for (int tick = 0; tick <= 12; tick++) {
            pool.after(5, Given.queue(0, 0, 50L * tick, 50L * tick));
        }
        pool.after(5, new QueueSample("q", 0L, 0L, 1L, null, null));
        var last = pool.after(5, Given.queue(0, 0, 700, 700));

        assertThat(last.terms().arrivalRate()).isCloseTo(10, within(0.5));
    }

    @Test
    void aRestartedBrokersCountersTellNothingOfTheStep() {
        for (int tick = 0; tick <= 12; tick++) {
            pool.after(5, Given.queue(0, 4, 50L * tick, 50L * tick));
        }
        var last = pool.after(5, Given.queue(0, 4, 10, 10));

        assertThat(last.terms().arrivalRate()).isBetween(7.0, 10.5);
    }

    /// RabbitMQ adds up over the nodes that answer: what one of them has counted is missing while it does not.
    @Test
    void countersThatComeBackBringNothingWithThemButWhatCameMeanwhile() {
        steadyAt(1_000_000);
        pool.after(5, Given.queue(0, 4, 400_000, 400_000));
        pool.after(5, Given.queue(0, 4, 400_050, 400_050));
        for (int tick = 2; tick <= 8; tick++) {
            var back = pool.after(5, Given.queue(0, 4, 1_000_600 + 50L * tick, 1_000_600 + 50L * tick));
            assertThat(back.terms().arrivalRate()).as("look %d", tick).isBetween(7.0, 11.0);
        }
    }

    @Test
    void neitherDoThoseOfOneNodeAfterTheOther() {
        steadyAt(1_000_000);
        long[] told = {700_000, 300_000, 700_100, 1_000_800, 1_000_850, 1_000_900};
        for (long counter : told) {
            assertThat(pool.after(5, Given.queue(0, 4, counter, counter))
                            .terms()
                            .arrivalRate())
                    .as("at %d", counter)
                    .isLessThan(21);
        }
    }

    @Test
    void norOneCounterThatComesBackBeforeTheOther() {
        steadyAt(1_000_000);
        pool.after(5, Given.queue(0, 4, 400_000, 400_000));
        pool.after(5, Given.queue(0, 4, 1_000_700, 400_050));
        for (int tick = 2; tick <= 5; tick++) {
            var back = pool.after(5, Given.queue(0, 4, 1_000_650 + 50L * tick, 1_000_650 + 50L * tick));
            assertThat(back.terms().arrivalRate()).as("look %d", tick).isLessThan(21);
        }
    }

    @Test
    void norThoseThatWereNotToldBetween() {
        steadyAt(1_000_000);
        pool.after(5, Given.queue(0, 4, 400_000, 400_000));
        pool.after(5, new QueueSample("q", 0L, null, 1L, null, null));
        pool.after(5, Given.queue(0, 4, 400_100, 400_100));
        for (int tick = 4; tick <= 7; tick++) {
            var back = pool.after(5, Given.queue(0, 4, 1_000_600 + 50L * tick, 1_000_600 + 50L * tick));
            assertThat(back.terms().arrivalRate()).as("look %d", tick).isLessThan(21);
        }
    }

    @Test
    void norThoseOfAQueueOfWhichNothingWasKnownBetween() {
        steadyAt(1_000_000);
        var other = new QueueSample("other", 0L, 0L, 1L, 0L, 0L);
        pool.after(5, QueueSample.unknown("q"), other);
        pool.after(5, Given.queue(0, 4, 400_000, 400_000), other);
        // what came in fifteen seconds is told in five
        for (int tick = 3; tick <= 7; tick++) {
            var back = pool.after(5, Given.queue(0, 4, 1_000_600 + 50L * tick, 1_000_600 + 50L * tick), other);
            assertThat(back.terms().arrivalRate()).as("look %d", tick).isLessThan(31);
        }
    }

    @Test
    void aRestartedBrokersCountersPassTheirOldLevelLikeAnyOther() {
        steadyAt(1_000);
        pool.after(5, Given.queue(0, 4, 0, 0));
        for (int tick = 1; tick <= 60; tick++) {
            var last = pool.after(5, Given.queue(0, 4, 100L * tick, 100L * tick));
            if (tick > 6) {
                assertThat(last.terms().arrivalRate()).as("look %d", tick).isCloseTo(20, within(0.5));
            }
        }
    }

    /// Ten messages a second, for so long that their rate is known.
    private void steadyAt(long counter) {
        for (int tick = 0; tick <= 12; tick++) {
            pool.after(5, Given.queue(0, 4, counter + 50L * tick, counter + 50L * tick));
        }
    }

    @Test
    void aDrainIsNoArrival() {
        pool.after(0, Given.queue(2_000, 0, 2_000, 0));
        Decision last = pool.after(5, Given.queue(2_000, 16, 2_000, 0));
        // acknowledgements show half an interval before the depth does
        long[] depths = {1_500, 1_000, 500, 0};
        for (int tick = 0; tick < depths.length; tick++) {
            last = pool.after(5, Given.queue(depths[tick], 16, 2_000, 250 + 500L * tick));
        }

        assertThat(last.terms().arrivalRate()).isLessThan(30);
    }

    @Test
    void aDepthOfThisMomentBesideOlderCountersInventsNoArrivals() {
        pool.after(0, Given.queue(2_000, 0, 2_000, 0));
        Decision last = pool.after(5, counted(1_500, 2_000, 0, 2_000, 0));
        // workers take 100/s; what is told of it is up to ten seconds old, what is counted is not
        for (int tick = 2; tick <= 6; tick++) {
            long now = Math.max(0, 2_000 - 500L * tick);
            long before = Math.max(0, 2_000 - 500L * (tick - 2));
            last = pool.after(5, counted(now, before, 16, 2_000, Math.min(2_000, 500L * (tick - 1))));
        }

        assertThat(last.terms().arrivalRate()).isLessThan(30);
    }

    @Test
    void aBurstThatIsCountedBeforeItIsToldIsBacklogAndNoRate() {
        for (int tick = 0; tick <= 6; tick++) {
            pool.after(5, counted(0, 0, 0, 100, 100));
        }
        var first = pool.after(0.5, counted(300, 0, 0, 100, 100));
        assertThat(first.terms().backlog()).isEqualTo(300);
        assertThat(first.terms().arrivalRate()).isZero();

        var told = pool.after(4.5, counted(300, 300, 0, 400, 100));
        assertThat(told.terms().backlog()).isEqualTo(300);
        assertThat(told.terms().arrivalRate()).as("the busiest five seconds").isZero();
    }

    @Test
    void arrivalsAreTheSameHoweverOftenTheQueueIsCountedBetween() {
        var often = new Given();
        Decision seldomSaw = pool.after(0, Given.queue(0, 0, 0, 0));
        Decision oftenSaw = often.after(0, Given.queue(0, 0, 0, 0));
        for (int tick = 1; tick <= 12; tick++) {
            seldomSaw = pool.after(5, counted(20, 20, 0, 50L * tick, 50L * tick));
            for (int beat = 1; beat < 10; beat++) {
                often.after(0.5, counted(2L * beat, 20, 0, 50L * (tick - 1), 50L * (tick - 1)));
            }
            oftenSaw = often.after(0.5, counted(20, 20, 0, 50L * tick, 50L * tick));
        }

        assertThat(seldomSaw.terms().arrivalRate()).isCloseTo(10, within(0.5));
        assertThat(oftenSaw.terms().arrivalRate()).isCloseTo(10, within(0.5));
    }

    /// @param ready at this moment
    /// @param told when the counters were
    private static QueueSample counted(long ready, long told, long unacked, long published, long acked) {
        return Given.queue(told, unacked, published, acked).counting(ready);
    }
}
