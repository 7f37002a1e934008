package dev.jtask.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {

    @TempDir
    private Path folder;

    @Test
    void aRowForEachStretchOfTimeIsCountedAndNotScaledWhenReplayed() throws IOException {
        var file = write("second,arrivals\n0,100\n10,0\n20,300\n30,0\n");

        var load = Traces.recorded(file, 0.5, Shape.USUAL, 1);

        assertThat(load.tasks().count()).isBetween(330, 470);
        assertThat(load.tasks().at(load.tasks().count() - 1)).isBetween(20.0, 30.0);
    }

    @Test
    void aRowForEachTaskIsATask() throws IOException {
        var file = write("""
                TIMESTAMP,ContextTokens,GeneratedTokens
                2023-11-16 18:17:03.9799600,4808,10
                2023-11-16 18:17:04.2,3180,80
                2023-11-16 18:17:09.9,110,270
                """);

        var loads = Traces.of(folder, 1);

        assertThat(file).exists();
        assertThat(loads).singleElement().satisfies(load -> {
            assertThat(load.tasks().count()).isEqualTo(3);
            assertThat(load.tasks().seconds(2)).isGreaterThan(load.tasks().seconds(0));
        });
    }

    @Test
    void aRowThatIsNoneSaysWhichAndHowItShouldBe() throws IOException {
        var file = write("second,arrivals\n0,100\nyesterday,3\n");

        assertThatThrownBy(() -> Traces.recorded(file, 1, Shape.USUAL, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3 is not 'moment,number");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("trace.csv"), text);
    }
}
