package dev.jtask.worker;

import dev.jtask.task.Task;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Tasks that take longer than their broker likes, and note each run.
public final class LongTasks {

    final CountDownLatch gate = new CountDownLatch(1);
    private final Map<String, Integer> runs = new ConcurrentHashMap<>();

    /// How often the task with this name was started.
    int runs(String name) {
        return runs.getOrDefault(name, 0);
    }

    @Task("l.sleep")
    public String sleep(String name, double seconds) throws InterruptedException {
        return run(name, seconds);
    }

    @Task(value = "l.long", longRunning = true)
    public String longRunning(String name, double seconds) throws InterruptedException {
        return run(name, seconds);
    }

    @Task(value = "l.gated", longRunning = true)
    public String gated(String name) throws InterruptedException {
        begun(name);
        gate.await();
        return name;
    }

    /// As long, but nobody said so.
    @Task("l.unmarked")
    public String unmarked(String name) throws InterruptedException {
        return gated(name);
    }

    private String run(String name, double seconds) throws InterruptedException {
        begun(name);
        Thread.sleep(Duration.ofMillis(Math.round(seconds * 1_000)));
        return name;
    }

    private void begun(String name) {
        runs.merge(name, 1, Integer::sum);
    }
}
