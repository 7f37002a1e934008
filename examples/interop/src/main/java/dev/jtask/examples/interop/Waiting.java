package dev.jtask.examples.interop;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.time.Duration;
import java.util.Map;

/// Tasks that take their time.
public final class Waiting {

    private static final int STEPS = 5;

    /// Sleeps and can be interrupted.
    @Task("t.sleep")
    public double sleep(double seconds) throws InterruptedException {
        Thread.sleep(duration(seconds));
        return seconds;
    }

    /// Computes and cannot.
    @Task("t.spin")
    public double spin(double seconds) {
        long end = System.nanoTime() + duration(seconds).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return seconds;
    }

    /// Sleeps; its message is acknowledged only afterwards, so a worker that is killed meanwhile does not lose it.
    @Task(value = "t.late", trackStarted = true)
    public String late(double seconds) throws InterruptedException {
        Thread.sleep(duration(seconds));
        return "done";
    }

    /// Reports PROGRESS five times.
    @Task("t.progress")
    public String progress(TaskContext context) throws InterruptedException {
        for (int step = 1; step <= STEPS; step++) {
            context.progress(Map.of("current", step, "total", STEPS));
            Thread.sleep(200);
        }
        return "done";
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
