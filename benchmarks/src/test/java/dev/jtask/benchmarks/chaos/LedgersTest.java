package dev.jtask.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgersTest {

    @Test
    void anEndBelongsToTheOldestRunThatHasNone() {
        assertThat(Ledgers.parse(2, List.of("S a 1 10", "S b 1 11", "S a 1 12", "E a 1 13", "E b 1 14")))
                .containsExactly(
                        new Run("a", 1, 2, 10, 13, false),
                        new Run("b", 1, 2, 11, 14, false),
                        new Run("a", 1, 2, 12, Run.NEVER, false));
    }

    @Test
    void attemptsAreRunsOfTheirOwn() {
        assertThat(Ledgers.parse(2, List.of("S a 1 10", "E a 1 11", "S a 2 20")))
                .containsExactly(new Run("a", 1, 2, 10, 11, false), new Run("a", 2, 2, 20, Run.NEVER, false));
    }

    @Test
    void aRunMayHaveBeenToldThatAWorkerHadItsMessageBefore() {
        assertThat(Ledgers.parse(2, List.of("R a 1 10", "E a 1 11"))).containsExactly(new Run("a", 1, 2, 10, 11, true));
    }

    @Test
    void aLineThatIsNoneIsNotPassedOver() {
        assertThatThrownBy(() -> Ledgers.parse(2, List.of("S a 1"))).hasMessageContaining("S a 1");
    }

    @Test
    void theFilesNameSaysWhichWorkerItWas(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("3-1.runs"), "S a 1 10\n");
        Files.writeString(folder.resolve("3-2.runs"), "S a 1 20\nE a 1 21\n");

        assertThat(Ledgers.read(folder))
                .containsExactlyInAnyOrder(new Run("a", 1, 3, 10, Run.NEVER, false), new Run("a", 1, 3, 20, 21, false));
    }
}
