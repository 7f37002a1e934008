package dev.jtask.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {

    @Test
    void theMedianIgnoresOutliers() {
        assertThat(Results.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
        assertThat(Results.median(List.of(9.0, 1.0, 5.0, 7.0))).isEqualTo(6.0);
    }

    @Test
    void everyRowComparesTheFirstContestantWithItsOwn() {
        var results = new Results("tasks/s");
        results.add("ours", 3_000);
        results.add("peer", 1_000);
        results.add("peer", 2_000);

        assertThat(results.table().lines().skip(1))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("ours").endsWith("1.00x"),
                        row -> assertThat(row)
                                .startsWith("peer")
                                .contains("1,000 … 2,000")
                                .endsWith("2.00x"));
    }
}
