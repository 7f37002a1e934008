package dev.jtask.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `make fuzz`, with the worker that was built before.
class FuzzIT {

    @TempDir
    private Path folder;

    @Test
    void everyMessageIsAccountedForOnce() throws Exception {
        var report = Campaign.run(Path.of("..").toAbsolutePath().normalize(), folder, 2_000, 3);

        assertThat(report.problems()).as("problems").isEmpty();
        assertThat(report.balance().lost()).as("lost").isEmpty();
        assertThat(report.balance().twice()).as("twice").isEmpty();
        assertThat(report.balance().run())
                .isGreaterThanOrEqualTo(report.balance().good());
        assertThat(report.balance().dead()).isGreaterThan(1_000);
    }
}
