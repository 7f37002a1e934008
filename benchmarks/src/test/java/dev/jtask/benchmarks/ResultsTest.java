package dev.jtask.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.benchmarks.Results.Row;
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
        var results = new Results(Measure.TASKS);
        results.add("ours", 3_000);
        results.add("peer", 1_000);
        results.add("peer", 2_000);

        assertThat(results.rows())
                .containsExactly(new Row("ours", 3_000, 3_000, 3_000, 1), new Row("peer", 1_500, 1_000, 2_000, 2));
    }

    @Test
    void lessIsBetterWhereItCosts() {
        var results = new Results(Measure.MEMORY);
        results.add("ours", 50);
        results.add("peer", 200);

        assertThat(results.rows()).last().extracting(Row::advantage).isEqualTo(4.0);
    }
}
