package dev.jtask.benchmarks;

import java.util.Collection;
import java.util.stream.Collectors;

/// The report as a page of the documentation.
record Page(int rounds, int messages, Machine machine, Report report) {

    String markdown() {
        return """
                # Benchmarks

                Written by `make bench`. Figures of one run: compare the columns of one table, not tables of two machines. Each
                contestant took its turn in each round (%d in all), with %,d messages in a queue; a row has the median and the spread.
                What came out was counted before a rate was taken: each task once, each result there.

                Measured on %s: %d cores, Java %s, RabbitMQ %s, Celery %s, all on one machine, the broker included.

                ![jtask beside its peers](benchmarks.svg)

                %s
                """.formatted(
                        rounds,
                        messages,
                        machine.day(),
                        machine.cores(),
                        machine.java(),
                        machine.rabbitMq(),
                        machine.celery(),
                        tables().strip());
    }

    String tables() {
        return report.scenarios().entrySet().stream()
                .map(scenario -> "## %s%n%n%s"
                        .formatted(scenario.getKey(), tables(scenario.getValue().values())))
                .collect(Collectors.joining("\n\n"));
    }

    private static String tables(Collection<Results> measures) {
        return measures.stream().map(Page::table).collect(Collectors.joining("\n\n"));
    }

    private static String table(Results results) {
        return "| | %s | lowest … highest | jtask is better by |%n| --- | ---: | ---: | ---: |%n"
                        .formatted(results.measure().unit())
                + results.rows().stream().map(Page::row).collect(Collectors.joining("\n"));
    }

    private static String row(Results.Row row) {
        return "| %s | %s | %s … %s | %.2fx |"
                .formatted(
                        row.contestant(),
                        figure(row.median()),
                        figure(row.lowest()),
                        figure(row.highest()),
                        row.advantage());
    }

    /// Three digits say all that a noisy machine knows.
    static String figure(double value) {
        return value < 10 ? "%.2f".formatted(value) : value < 100 ? "%.1f".formatted(value) : "%,.0f".formatted(value);
    }
}
