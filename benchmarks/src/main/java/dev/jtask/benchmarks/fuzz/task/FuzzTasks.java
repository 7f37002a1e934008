package dev.jtask.benchmarks.fuzz.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// A task that takes anything, and writes down who it was.
public final class FuzzTasks {

    /// Names the file of runs.
    public static final String VARIABLE = "CHAOS_LEDGER";

    /// The header, and else the id, by which a message is known.
    public static final String MARK = "x-fuzz";

    private static final Path LEDGER = Path.of(Objects.requireNonNull(System.getenv(VARIABLE), VARIABLE));

    /// Gives back what it gets.
    @Task("fuzz.echo")
    public static JsonNode echo(JsonNode value, TaskContext context) {
        var mark = context.headers().get(MARK);
        append(mark == null ? context.id() : mark.toString());
        return value;
    }

    private FuzzTasks() {}

    private static synchronized void append(String key) {
        try {
            Files.writeString(
                    LEDGER, key.replace('\n', ' ') + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
