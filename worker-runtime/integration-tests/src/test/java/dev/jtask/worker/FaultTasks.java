package dev.jtask.worker;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Tasks that count how often they run, and ask too much of a broker when they are told to.
public final class FaultTasks {

    final CountDownLatch gate = new CountDownLatch(1);

    /// What the tasks that crowd a queue do for that.
    volatile Runnable crowd = () -> {};

    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final List<String> queues = new CopyOnWriteArrayList<>();

    /// How often the task with this name ran.
    int runs(String name) {
        return runs.getOrDefault(name, 0);
    }

    /// The queues from which tasks came.
    List<String> queues() {
        return List.copyOf(queues);
    }

    @Task("f.count")
    public String count(String name) {
        ran(name);
        return name;
    }

    @Task("f.follow")
    public int follow(String before, String name, String ballast) {
        ran(name);
        return before.length() + ballast.length();
    }

    @Task("f.big")
    public String big(String name, int octets) {
        ran(name);
        return "x".repeat(octets);
    }

    @Task("f.progress")
    public String progress(String name, int octets, TaskContext context) {
        ran(name);
        context.progress(Map.of("log", "x".repeat(octets)));
        return name;
    }

    @Task(value = "f.retry", maxRetries = 1)
    public int retry(String name, double seconds, TaskContext context) {
        ran(name);
        if (context.attempt() == 1) {
            throw context.retry(Duration.ofMillis(Math.round(seconds * 1_000)));
        }
        return context.attempt();
    }

    @Task(value = "f.crowd.retry", maxRetries = 1)
    public String crowdAndRetry(String name, TaskContext context) {
        ran(name);
        if (context.attempt() == 1) {
            crowd.run();
            throw context.retry(Duration.ZERO);
        }
        return name;
    }

    @Task(value = "f.retry.big", maxRetries = 1)
    public int retryBig(String name, String ballast, TaskContext context) {
        return retry(name, 0, context);
    }

    @Task(value = "f.reject", maxRetries = 1)
    public int retryAndReject(String name, TaskContext context) {
        if (retry(name, 0, context) > 1) {
            throw context.reject("seen twice");
        }
        return 0;
    }

    @Task(value = "f.reject.early", ackEarly = true)
    public int rejectAcknowledged(String name, TaskContext context) {
        ran(name);
        throw context.reject("seen once");
    }

    @Task("f.crowd")
    public String crowdAndGoOn(String name) {
        ran(name);
        crowd.run();
        return name;
    }

    @Task("f.crowd.send")
    public String crowdAndSend(String name, String child, TaskContext context) {
        ran(name);
        crowd.run();
        context.send(TaskRequest.of("f.count", child).returning(String.class));
        return name;
    }

    @Task("f.wait")
    public String waitForGate(String name) throws InterruptedException {
        ran(name);
        gate.await();
        return name;
    }

    private void ran(String name) {
        queues.add(TaskContext.current().queue());
        runs.merge(name, 1, Integer::sum);
    }
}
