package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.autoscaler.Budget.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PodBudgetTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final PodBudget budget = new PodBudget(10, Map::of);

    @Test
    void aPodThatOnePoolStillHasIsNotGivenToAnother() {
        assertThat(budget.grant(low(10), 0, NOW)).isEqualTo(10);
        assertThat(budget.grant(high(6), 0, NOW)).as("low still has all ten").isZero();
        assertThat(budget.grant(low(10), 10, NOW)).as("it is to give six up").isEqualTo(4);
        assertThat(budget.grant(high(6), 0, NOW)).isZero();
        assertThat(budget.grant(low(10), 4, NOW)).isEqualTo(4);
        assertThat(budget.grant(high(6), 0, NOW)).isEqualTo(6);
    }

    @Test
    void whatWasGrantedIsTakenBeforeItIsSeen() {
        budget.grant(low(7), 0, NOW);

        assertThat(budget.grant(new Claim("other", 0, 0, 3), 0, NOW)).isEqualTo(3);
        assertThat(budget.grant(new Claim("late", 9, 0, 2), 0, NOW)).isZero();
    }

    @Test
    void aPoolThatHasNotBeenLookedAtKeepsWhatItHas() {
        budget.introduce("low", 8);

        assertThat(budget.grant(high(6), 0, NOW)).isEqualTo(2);
        budget.forget("low");
        assertThat(budget.grant(high(6), 2, NOW)).isEqualTo(6);
    }

    @Test
    void whatPoolsHaveThatWereNotMetSinceTheStartIsNotGivenAway() {
        var sizes = new HashMap<>(Map.of("low", 2, "other", 7));
        var restarted = new PodBudget(10, () -> sizes);
        restarted.introduce("low", 2);

        assertThat(restarted.grant(low(10), 2, NOW)).isEqualTo(3);
        restarted.introduce("other", 7);
        restarted.grant(new Claim("other", 0, 0, 0), 0, NOW);
        assertThat(restarted.grant(low(10), 3, NOW)).isEqualTo(10);
    }

    /// They need more than there is, and what they need moves as their figures do.
    @Test
    void poolsOfOnePriorityTakeNoPodsFromEachOtherForFiguresThatMove() {
        var spent = new PodBudget(50, Map::of);
        var random = new SplittableRandom(1);
        var has = new int[] {29, 21};
        spent.introduce("a", has[0]);
        spent.introduce("b", has[1]);
        int changes = 0;
        var now = NOW;
        for (int look = 0; look < 720; look++, now = now.plusSeconds(5)) {
            for (int pool = 0; pool < has.length; pool++) {
                int wanted = (pool == 0 ? 39 : 29) + random.nextInt(3);
                int granted = spent.grant(new Claim(pool == 0 ? "a" : "b", 0, 0, wanted), has[pool], now);
                changes += granted == has[pool] ? 0 : 1;
                has[pool] = granted;
            }
        }

        assertThat(changes).as("changes of the size in an hour").isLessThanOrEqualTo(4);
    }

    @Test
    void anEqualGetsItsPartOnceItHasAskedForItForAWhile() {
        budget.grant(low(10), 0, NOW);
        for (int second = 5; second <= 30; second += 5) {
            assertThat(budget.grant(low(10), 10, NOW.plusSeconds(second))).isEqualTo(10);
        }
        budget.grant(equal(10), 0, NOW.plusSeconds(31));
        for (int second = 35; second <= 60; second += 5) {
            assertThat(budget.grant(low(10), 10, NOW.plusSeconds(second)))
                    .as("after %d s", second)
                    .isEqualTo(10);
            assertThat(budget.grant(equal(10), 0, NOW.plusSeconds(second))).isZero();
        }

        assertThat(budget.grant(low(10), 10, NOW.plusSeconds(65))).isEqualTo(5);
        assertThat(budget.grant(equal(10), 0, NOW.plusSeconds(65))).isZero();
        assertThat(budget.grant(low(10), 5, NOW.plusSeconds(70))).isEqualTo(5);
        assertThat(budget.grant(equal(10), 0, NOW.plusSeconds(70))).isEqualTo(5);
    }

    @Test
    void aClockThatIsPutBackHoldsUpNoEqual() {
        var later = NOW.plus(Duration.ofHours(1));
        budget.grant(low(10), 0, later);
        budget.grant(low(10), 10, later.plusSeconds(40));
        budget.grant(equal(10), 0, NOW);
        for (int second = 0; second < 60; second += 5) {
            budget.grant(low(10), 10, NOW.plusSeconds(second));
        }

        assertThat(budget.grant(low(10), 10, NOW.plusSeconds(60))).isEqualTo(5);
    }

    @Test
    void aFloorOfAnEqualIsMetAtOnce() {
        budget.grant(low(10), 0, NOW);
        budget.grant(new Claim("equal", 0, 3, 10), 0, NOW);

        assertThat(budget.grant(low(10), 10, NOW)).as("3 to the floor").isEqualTo(7);
    }

    @Test
    void whatAPoolGivesUpByItselfGoesAtOnce() {
        budget.grant(low(10), 0, NOW);
        budget.grant(equal(10), 0, NOW);

        assertThat(budget.grant(low(7), 10, NOW)).isEqualTo(7);
    }

    @Test
    void moreThanThereIsIsGivenUpAtOnce() {
        budget.introduce("low", 8);
        budget.introduce("equal", 8);

        assertThat(budget.grant(low(8), 8, NOW))
                .as("the other keeps what it has")
                .isEqualTo(2);
    }

    @Test
    void withoutABudgetEverybodyGetsWhatItWants() {
        assertThat(new PodBudget(0, Map::of).grant(low(10_000), 0, NOW)).isEqualTo(10_000);
    }

    @Test
    void aNegativeBudgetIsRefusedWithTheFix() {
        assertThatThrownBy(() -> new PodBudget(-1, Map::of))
                .hasMessage(
                        "JTASK_OPERATOR_BUDGET_PODS is -1: set it to the pods of all pools together, or to 0 for no limit");
    }

    private static Claim low(int wanted) {
        return new Claim("low", 0, 0, wanted);
    }

    private static Claim equal(int wanted) {
        return new Claim("equal", 0, 0, wanted);
    }

    private static Claim high(int wanted) {
        return new Claim("high", 1, 0, wanted);
    }
}
