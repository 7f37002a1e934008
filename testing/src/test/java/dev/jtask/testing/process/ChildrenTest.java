package dev.jtask.testing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

    private static final List<String> SLEEP = List.of("/bin/sleep", "60");

    /// A JVM whose child shall not outlive it.
    static final class Parent {

        private Parent() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            var folder = Path.of(args[0]);
            var child = Children.start(SLEEP, Map.of(), folder, folder.resolve("child.log"));
            Files.writeString(folder.resolve("pid"), Long.toString(child.pid()));
            child.waitFor();
        }
    }

    @Test
    void endWithAJvmThatIsKilled(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "only Linux' setpriv can tie processes");
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        var pid = folder.resolve("pid");
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        var child = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();

        parent.destroyForcibly().waitFor();

        await().until(() -> !child.isAlive());
    }

    @Test
    void haveExactlyTheEnvironmentTheyAreGiven(@TempDir Path folder) throws IOException, InterruptedException {
        var log = folder.resolve("log");

        Children.start(List.of("/usr/bin/env"), Map.of("A", "1"), folder, log).waitFor();

        assertThat(Files.readString(log)).isEqualToIgnoringNewLines("A=1");
    }
}
