package dev.jtask.benchmarks;

import dev.jtask.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Tasks that do nothing, so that what is measured is everything around them; `bench.py` has the same.
public final class Tasks {

    private static final AtomicLong RUNS = new AtomicLong();

    @Task(value = "bench.noop", ignoreResult = true)
    public void noop(int n) {
        RUNS.incrementAndGet();
    }

    @Task("bench.echo")
    public int echo(int n) {
        RUNS.incrementAndGet();
        return n;
    }

    /// How many of the two this worker ran.
    @Task("bench.total")
    public long total() {
        return RUNS.get();
    }

    /// Adds a line to the file, and waits until the worker ends.
    @Task(value = "bench.wait", ignoreResult = true)
    public void await(String file, double seconds) throws IOException, InterruptedException {
        Files.writeString(Path.of(file), "started\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var _ = new CountDownLatch(1).await(Math.round(seconds * 1000), TimeUnit.MILLISECONDS);
    }
}
