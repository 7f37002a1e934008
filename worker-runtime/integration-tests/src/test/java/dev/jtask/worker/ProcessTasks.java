package dev.jtask.worker;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// Tasks of a worker process; files are how the test and the tasks talk to each other.
public final class ProcessTasks {

    /// Adds a line to `started`, waits until the file `gate` is there, adds a line to `done`.
    @Task("p.gated")
    public static String gated(String folder, String name) throws IOException, InterruptedException {
        append(folder, "started", name);
        while (!Files.exists(Path.of(folder, "gate"))) {
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
        append(folder, "done", name);
        return name;
    }

    /// Emits 1 and 2, waits for the gate, emits 3.
    @Task("p.pieces")
    public static void pieces(String folder, TaskContext context) throws InterruptedException {
        context.emit(1);
        context.emit(2);
        while (!Files.exists(Path.of(folder, "gate"))) {
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
        context.emit(3);
    }

    /// As [#gated], declared to be long.
    @Task(value = "p.long", longRunning = true)
    public static String longRunning(String folder, String name) throws IOException, InterruptedException {
        return gated(folder, name);
    }

    /// The same, but makes an exception of its own of its interrupt, as many a library does.
    @Task("p.stubborn")
    public static String stubborn(String folder, String name) throws IOException {
        try {
            return gated(folder, name);
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped");
        }
    }

    /// The same, but answers whatever goes wrong with a last retry, or with a rejection.
    @Task(value = "p.decided", maxRetries = 0)
    public static String decided(String folder, String answer, TaskContext context) {
        try {
            return gated(folder, answer);
        } catch (IOException | InterruptedException e) {
            throw answer.equals("retry") ? context.retry(e) : context.reject("no such order");
        }
    }

    /// Logs as a task of a user's may.
    @Task("p.logged")
    public static void logged(String argument) {
        LoggerFactory.getLogger(ProcessTasks.class)
                .info("the task's own line", new IllegalStateException("the bank does not answer"));
    }

    @Task("p.length")
    public static int length(String text) {
        return text.length();
    }

    /// Ends its worker, as a native crash does.
    @Task("p.halt")
    public static void halt() {
        Runtime.getRuntime().halt(9);
    }

    private ProcessTasks() {}

    private static void append(String folder, String file, String line) throws IOException {
        Files.writeString(Path.of(folder, file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
