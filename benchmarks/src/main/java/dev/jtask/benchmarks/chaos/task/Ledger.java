package dev.jtask.benchmarks.chaos.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Where a worker process writes what it runs, outside of everything that is tested: one file a process, one write a
/// line, so that a SIGKILL loses no line that was written.
public final class Ledger {

    /// Names the file.
    public static final String VARIABLE = "CHAOS_LEDGER";

    private static final FileChannel FILE = open();

    private Ledger() {}

    /// @param again whether a worker had it before
    static void started(String key, int attempt, boolean again) {
        write(again ? 'R' : 'S', key, attempt);
    }

    static void ended(String key, int attempt) {
        write('E', key, attempt);
    }

    private static void write(char what, String key, int attempt) {
        var line = "%c %s %d %d\n".formatted(what, key, attempt, System.currentTimeMillis());
        try {
            FILE.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written, nothing would be known of this run", e);
        }
    }

    private static FileChannel open() {
        var file = Path.of(Objects.requireNonNull(System.getenv(VARIABLE), VARIABLE + " names no file"));
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
