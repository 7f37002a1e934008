package dev.jtask.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs `openssl` to its end.
final class OpenSsl {

    private static final int PATIENCE_SECONDS = 30;

    private OpenSsl() {}

    /// @param folder for its words
    /// @throws IllegalStateException with them when it fails
    static void run(Path folder, Object... arguments) {
        var command = new ArrayList<>(List.of("openssl"));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        var log = folder.resolve("openssl.log");
        try {
            var running = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new IllegalStateException("openssl failed: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run openssl (Debian: apt-get install openssl)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while openssl ran", e);
        }
    }
}
