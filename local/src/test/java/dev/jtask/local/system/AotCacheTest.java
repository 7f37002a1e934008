package dev.jtask.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.jtask.local.Built;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    @TempDir
    private Path folder;

    @Test
    void fitsTheWorkersOfLocalMode() throws IOException, InterruptedException {
        var workers = Built.workers(folder);
        assumeThat(workers.jvmOptions()).as("built with -Paot").anyMatch(option -> option.startsWith("-XX:AOTCache="));
        // the mode "on" ends a JVM that cannot use its cache
        var command = new ArrayList<>(List.of(workers.java().toString(), "-XX:AOTMode=on"));
        command.addAll(workers.jvmOptions());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED", "-cp", workers.jar().toString(), "dev.jtask.worker.app.Main"));

        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("no task jars");
    }
}
