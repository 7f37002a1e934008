package dev.jtask.worker;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks with limits that workers share, which count how many of each key run at the same time.
public final class LimitedTasks {

    final CountDownLatch gate = new CountDownLatch(1);
    final AtomicInteger runs = new AtomicInteger();
    final List<String> started = new CopyOnWriteArrayList<>();
    final Map<String, Integer> most = new ConcurrentHashMap<>();
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /// Long enough to meet others.
    @Task(value = "limits.brief", maxConcurrent = 2, limitKey = "key")
    public String brief(String key, int number, TaskContext context) throws InterruptedException {
        began(key, number);
        var _ = new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        ended(key);
        return "attempt %d, redelivered %s".formatted(context.attempt(), context.redelivered());
    }

    @Task(value = "limits.gated", maxConcurrent = 1, limitKey = "key")
    public void gated(String key, int number) throws InterruptedException {
        began(key, number);
        gate.await();
        ended(key);
    }

    @Task(value = "limits.hourly", maxRate = "3/h", limitKey = "key")
    public void hourly(String key, int number) {
        began(key, number);
        ended(key);
    }

    private void began(String key, int number) {
        started.add(key + " " + number);
        int now = running.merge(key, 1, Integer::sum);
        most.merge(key, now, Math::max);
    }

    private void ended(String key) {
        running.merge(key, -1, Integer::sum);
        runs.incrementAndGet();
    }
}
