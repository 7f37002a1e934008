package dev.jtask.simulator.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpaTest {

    @Test
    void withoutBehaviorItGrowsFromOneToFourAndThenDoubles() {
        assertThat(grow(new Hpa(300, false, 100))).containsExactly(4, 8, 16, 32, 64, 100);
    }

    @Test
    void withBehaviorItGrowsByFourOrDoubles() {
        assertThat(grow(new Hpa(300, true, 100))).containsExactly(5, 10, 20, 40, 80, 100);
    }

    @Test
    void aTenthMoreOrLessIsTolerated() {
        var hpa = new Hpa(0, true, 100);

        assertThat(hpa.sync(0, 10, metric(109))).isEqualTo(10);
        assertThat(hpa.sync(15, 10, metric(115))).isEqualTo(12);
    }

    @Test
    void itShrinksToTheMostOfItsWindow() {
        var hpa = new Hpa(60, true, 100);

        assertThat(hpa.sync(0, 10, metric(20))).as("what it found").isEqualTo(10);
        assertThat(hpa.sync(30, 10, metric(50))).isEqualTo(10);
        assertThat(hpa.sync(75, 10, metric(20))).isEqualTo(5);
        assertThat(hpa.sync(95, 5, metric(20))).isEqualTo(2);
    }

    @Test
    void itNeverLeavesZero() {
        assertThat(new Hpa(60, true, 100).sync(0, 0, metric(1_000))).isZero();
    }

    private static List<Integer> grow(Hpa hpa) {
        var sizes = new ArrayList<Integer>();
        int size = 1;
        for (int sync = 0; sync < 6; sync++) {
            size = hpa.sync(15.0 * sync, size, metric(5_000));
            sizes.add(size);
        }
        return sizes;
    }

    private static List<Hpa.Metric> metric(double total) {
        return List.of(new Hpa.Metric(total, 10));
    }
}
