package dev.jtask.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PageTest {

    private final Report report = new Report();

    @Test
    void everyScenarioHasATableForEachOfItsMeasures() {
        report.add("Drain", Measure.CPU, "jtask", 20);
        report.add("Drain", Measure.TASKS, "jtask", 12_345);
        report.add("Drain", Measure.TASKS, "peer", 1_234.5);

        assertThat(page().tables().lines())
                .containsExactly(
                        "## Drain",
                        "",
                        "| | tasks/s | lowest … highest | jtask is better by |",
                        "| --- | ---: | ---: | ---: |",
                        "| jtask | 12,345 | 12,345 … 12,345 | 1.00x |",
                        "| peer | 1,235 | 1,235 … 1,235 | 10.00x |",
                        "",
                        "| | µs of CPU each | lowest … highest | jtask is better by |",
                        "| --- | ---: | ---: | ---: |",
                        "| jtask | 20.0 | 20.0 … 20.0 | 1.00x |");
    }

    @Test
    void theLongestBarFillsTheChart() {
        report.add("Start", Measure.START, "jtask", 400);
        report.add("Start", Measure.START, "peer", 800);

        assertThat(new Chart(report).svg())
                .contains("Start (ms to the first result)")
                .contains("width=\"215\" height=\"15\" fill=\"#1f6feb\"")
                .contains("width=\"430\" height=\"15\" fill=\"#9aa4af\"");
    }

    private Page page() {
        return new Page(3, 1_000, new Machine(LocalDate.of(2026, 1, 2), 2, "25", "4.0", "5.6"), report);
    }
}
