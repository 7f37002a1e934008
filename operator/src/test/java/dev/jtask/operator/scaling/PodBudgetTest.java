package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.autoscaler.Budget.Claim;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodBudgetTest {

    private final PodBudget budget = new PodBudget(10, Map::of);

    @Test
    void aPodThatOnePoolStillHasIsNotGivenToAnother() {
        assertThat(budget.grant(low(10), 0)).isEqualTo(10);
        assertThat(budget.grant(high(6), 0)).as("low still has all ten").isZero();
        assertThat(budget.grant(low(10), 10)).as("it is to give six up").isEqualTo(4);
        assertThat(budget.grant(high(6), 0)).isZero();
        assertThat(budget.grant(low(10), 4)).isEqualTo(4);
        assertThat(budget.grant(high(6), 0)).isEqualTo(6);
    }

    @Test
    void whatWasGrantedIsTakenBeforeItIsSeen() {
        budget.grant(low(7), 0);

        assertThat(budget.grant(new Claim("other", 0, 0, 3), 0)).isEqualTo(3);
        assertThat(budget.grant(new Claim("late", 9, 0, 2), 0)).isZero();
    }

    @Test
    void aPoolThatHasNotBeenLookedAtKeepsWhatItHas() {
        budget.introduce("low", 8);

        assertThat(budget.grant(high(6), 0)).isEqualTo(2);
        budget.forget("low");
        assertThat(budget.grant(high(6), 2)).isEqualTo(6);
    }

    @Test
    void whatPoolsHaveThatWereNotMetSinceTheStartIsNotGivenAway() {
        var sizes = new HashMap<>(Map.of("low", 2, "other", 7));
        var restarted = new PodBudget(10, () -> sizes);
        restarted.introduce("low", 2);

        assertThat(restarted.grant(low(10), 2)).isEqualTo(3);
        restarted.introduce("other", 7);
        restarted.grant(new Claim("other", 0, 0, 0), 0);
        assertThat(restarted.grant(low(10), 3)).isEqualTo(10);
    }

    @Test
    void withoutABudgetEverybodyGetsWhatItWants() {
        assertThat(new PodBudget(0, Map::of).grant(low(10_000), 0)).isEqualTo(10_000);
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

    private static Claim high(int wanted) {
        return new Claim("high", 1, 0, wanted);
    }
}
