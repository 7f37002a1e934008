package dev.jtask.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The arguments of `jtask-worker`.
class CommandLineTest {

    @Test
    void jarsAndAScheduleInAnyOrder() {
        var both =
                new CommandLine(CommandLine.Wish.RUN, List.of(Path.of("a.jar"), Path.of("b.jar")), Path.of("s.yaml"));

        assertThat(CommandLine.parse("a.jar", "--schedule", "s.yaml", "b.jar")).isEqualTo(both);
        assertThat(CommandLine.parse("--schedule=s.yaml", "a.jar", "b.jar")).isEqualTo(both);
        assertThat(CommandLine.parse().jars()).isEmpty();
    }

    @Test
    void helpWins() {
        assertThat(CommandLine.parse("a.jar", "--help").wish()).isEqualTo(CommandLine.Wish.HELP);
        assertThat(CommandLine.HELP).contains("--schedule", "JTASK_SCHEDULER_NAME");
    }

    @Test
    void aWrongArgumentIsNamed() {
        assertThatThrownBy(() -> CommandLine.parse("--schedule")).hasMessageContaining("--schedule needs a file");
        assertThatThrownBy(() -> CommandLine.parse("--schedules", "s.yaml"))
                .hasMessageContaining("there is no option --schedules");
        assertThatThrownBy(() -> CommandLine.parse("--schedule=a", "--schedule=b"))
                .hasMessageContaining("given twice");
    }
}
