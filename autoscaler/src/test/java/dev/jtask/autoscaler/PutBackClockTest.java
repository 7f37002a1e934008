package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A clock that is put back, by a second or by hours, costs a pool nothing but the time between two looks.
class PutBackClockTest {

    private final Given pool = new Given();

    @ParameterizedTest
    @ValueSource(doubles = {-1, -30, -600, -7_200})
    void aPoolGrowsOn(double back) {
        long published = 0;
        for (int look = 0; look < 15; look++) {
            published += 100;
            pool.has(Given.pod("a", 8, 4, 10 * look, 10 * look))
                    .after(5, Given.queue(100, 4, published, published - 104));
        }

        var grown = pool.has(Given.pod("a", 8, 4, 150, 150)).after(back, Given.queue(5_000, 4, 6_400, 1_396));

        assertThat(grown.replicas()).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -600})
    void aWindowThatWasHalfOverIsHalfOver(double back) {
        idle(0);
        for (int look = 0; look < 3; look++) {
            assertThat(idle(5).reason()).isEqualTo(Reason.Stabilizing);
        }
        var put = idle(back);
        assertThat(put.replicas()).isEqualTo(1);
        assertThat(put.notBefore()).isBetween(pool.now.plusSeconds(14), pool.now.plusSeconds(15));

        idle(5);
        idle(5);
        assertThat(idle(5).replicas()).isZero();
    }

    @Test
    void theRateIsTheOneBefore() {
        long published = 0;
        for (int look = 0; look < 15; look++) {
            published += 50;
            pool.has(Given.pod("a", 8, 4, 10 * look, 10 * look)).after(5, Given.queue(0, 4, published, published - 4));
        }
        pool.has(Given.pod("a", 8, 4, 150, 150)).after(-600, Given.queue(0, 4, published, published - 4));
        var next = pool.has(Given.pod("a", 8, 4, 160, 160)).after(5, Given.queue(0, 4, published + 50, published + 46));

        assertThat(next.terms().arrivalRate()).isBetween(9.0, 11.0);
    }

    @Test
    void whatAnotherClockSaidOfTheFutureHoldsNoLongerThanItWasMeantTo() {
        var future = Given.START.plus(Duration.ofDays(3_650));
        var held = new Guards.Held(3, 3, future, Duration.ofMinutes(5), false);
        var measured = new Guards.Measured(3, future.minusSeconds(60), future, 1, Map.of());
        var known = PoolState.knowing(8.0, Map.of("q", 0.5), new Guards(null, held, measured), Given.START)
                .guards();

        assertThat(known.held()).isNotNull().returns(Given.START.plusSeconds(300), Guards.Held::until);
        assertThat(known.measured())
                .isNotNull()
                .returns(Given.START, Guards.Measured::last)
                .returns(Given.START.minusSeconds(60), Guards.Measured::since);
    }

    @Test
    void whatKeepsAPoolFromGrowingIsForgottenNoLaterForIt() {
        var held = new Guards.Held(3, 3, Given.START.plusSeconds(300), Duration.ofMinutes(5), false);
        pool.state = PoolState.knowing(8.0, Map.of("q", 0.5), new Guards(null, held, null), Given.START);
        pool.has(Given.pod("a", 8, 4, 10, 10), Given.pod("b", 8, 4, 10, 10), Given.pod("c", 8, 4, 10, 10));
        assertThat(planned(0).notBefore()).isEqualTo(pool.now.plusSeconds(300));

        var put = planned(-600);

        assertThat(put.reason()).isEqualTo(Reason.Ineffective);
        assertThat(put.notBefore()).isBetween(pool.now.plusSeconds(299), pool.now.plusSeconds(300));
    }

    private Decision planned(double seconds) {
        var decided = pool.after(seconds, Given.queue(5_000, 12, 5_012, 0));
        return Plan.of(decided, new Replicas(3, 3), Directives.NONE);
    }

    private Decision idle(double seconds) {
        return pool.has(Given.pod("a", 8, 0, 500, 1_000)).after(seconds, Given.queue(0, 0, 1_000, 1_000));
    }
}
