package dev.jtask.testing.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortClaimsTest {

    private static final int PORT = 20_001;

    @TempDir
    Path folder;

    @Test
    void aPortIsClaimedOnceInOneJvm() throws IOException {
        try (var one = new PortClaims(folder.resolve("ports"));
                var two = new PortClaims(folder.resolve("ports"))) {
            assertThat(one.claim(PORT)).isTrue();
            System.gc();

            assertThat(one.claim(PORT)).isFalse();
            assertThat(two.claim(PORT)).isFalse();
            assertThat(two.claim(PORT + 1)).isTrue();
        }
    }

    @Test
    void anotherJvmHasItUntilItIsKilled() throws IOException {
        var file = folder.resolve("ports");
        var other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortHolder.class.getName(),
                        file.toString(),
                        Integer.toString(PORT))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var claims = new PortClaims(file)) {
            assertThat(other.inputReader().readLine()).isEqualTo("true");
            assertThat(claims.claim(PORT)).isFalse();

            other.destroyForcibly().onExit().join();

            assertThat(claims.claim(PORT)).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
