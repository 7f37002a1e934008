package dev.jtask.worker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a worker is started, by its image and by its script.
class EntrypointTest {

    /// What goes on without memory may hold messages and run none.
    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "../bin/jtask-worker"})
    void aWorkerWithoutMemoryEnds(String file) throws IOException {
        assertThat(Files.readString(Path.of(file))).contains("-XX:+ExitOnOutOfMemoryError");
    }
}
