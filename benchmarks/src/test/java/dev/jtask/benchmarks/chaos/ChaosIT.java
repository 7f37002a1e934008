package dev.jtask.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `make chaos`, with the workers that were built before.
class ChaosIT {

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostAndNothingRunsAgainForNoReason() throws IOException, InterruptedException {
        var options =
                new Options(Path.of("..").toAbsolutePath().normalize(), folder, 1_000, 2, 1, 11, Queues.parse("both"));

        var report = Campaign.run(options);

        assertThat(report.problems()).as("problems").isEmpty();
        assertThat(report.verdict().lost()).as("lost").isEmpty();
        assertThat(report.verdict().unexplained()).as("no fault explains it").isEmpty();
        assertThat(report.verdict().tasks()).isGreaterThanOrEqualTo(1_000);
        assertThat(report.verdict().dead()).isPositive();
        assertThat(report.answered()).isPositive();
    }
}
