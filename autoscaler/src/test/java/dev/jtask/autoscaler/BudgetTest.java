package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Budget.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void everybodyGetsWhatItWantsWhileThereIsEnough() {
        assertThat(Budget.share(10, List.of(new Claim("a", 0, 0, 6), new Claim("b", 5, 2, 4))))
                .isEqualTo(Map.of("a", 6, "b", 4));
    }

    /// The worked numbers of `docs/operating-pools.md`.
    @Test
    void floorsComeFirstThenPriorityAndEqualsShareByTheirNeed() {
        var mails = new Claim("mails", 10, 0, 6);
        var thumbnails = new Claim("thumbnails", 0, 0, 12);
        var reports = new Claim("reports", 0, 1, 4);

        assertThat(Budget.share(10, List.of(thumbnails, reports, mails)))
                .isEqualTo(Map.of("mails", 6, "thumbnails", 2, "reports", 2));
    }

    @Test
    void aFloorBelowAHigherPriorityHolds() {
        assertThat(Budget.share(5, List.of(new Claim("important", 9, 0, 50), new Claim("kept", 0, 2, 2))))
                .isEqualTo(Map.of("important", 3, "kept", 2));
    }

    @Test
    void floorsThatAreMoreThanAllGoByPriority() {
        assertThat(Budget.share(5, List.of(new Claim("a", 0, 4, 4), new Claim("b", 1, 4, 8))))
                .isEqualTo(Map.of("a", 1, "b", 4));
    }

    @Test
    void aPoolThatWantsLessThanItsFloorGetsWhatItWants() {
        assertThat(Budget.share(3, List.of(new Claim("a", 0, 4, 1), new Claim("b", 0, 0, 8))))
                .isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void nothingIsLeftOverAndNobodyGetsMoreThanItWants() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 500; round++) {
            var claims = new ArrayList<Claim>();
            for (int i = 0; i < random.nextInt(1, 9); i++) {
                claims.add(new Claim("p" + i, random.nextInt(3), random.nextInt(5), random.nextInt(20)));
            }
            int pods = random.nextInt(60);

            var shares = Budget.share(pods, claims);

            int wanted = claims.stream().mapToInt(Claim::wanted).sum();
            assertThat(shares.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(Math.min(pods, wanted));
            assertThat(claims)
                    .allSatisfy(claim ->
                            assertThat(shares.getOrDefault(claim.pool(), 0)).isBetween(0, claim.wanted()));
        }
    }
}
