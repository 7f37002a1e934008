package dev.jtask.benchmarks.chaos.task;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tasks of all shapes; each is known by its key and writes both ends of each of its runs into the [Ledger].
public final class ChaosTasks {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    /// Works for some time, and answers with so many octets.
    @Task("chaos.work")
    public static String work(String key, int millis, int octets) throws InterruptedException {
        run(key, millis);
        return octets > key.length() ? key + "x".repeat(octets - key.length()) : key;
    }

    /// Does it at the last of so many attempts.
    @Task(value = "chaos.retry", maxRetries = 10)
    public static String retry(String key, int attempts, int pauseMillis, TaskContext context)
            throws InterruptedException {
        run(key, 0);
        if (context.attempt() < attempts) {
            throw context.retry(Duration.ofMillis(pauseMillis));
        }
        return key;
    }

    /// A step of a chain after the first.
    @Task("chaos.step")
    public static String step(String previous, String key, String expected) throws InterruptedException {
        if (!previous.equals(expected)) {
            throw new IllegalStateException("%s comes after %s, not after %s".formatted(key, expected, previous));
        }
        run(key, 0);
        return key;
    }

    /// A chord's body.
    @Task("chaos.join")
    public static String join(List<String> parts, String key, List<String> expected) throws InterruptedException {
        if (!parts.equals(expected)) {
            throw new IllegalStateException("%s joins %s, not %s".formatted(key, expected, parts));
        }
        run(key, 0);
        return key;
    }

    /// Goes to the dead letters.
    @Task("chaos.reject")
    public static void reject(String key, TaskContext context) throws InterruptedException {
        run(key, 0);
        throw context.reject("it is meant to be");
    }

    private ChaosTasks() {}

    private static void run(String key, int millis) throws InterruptedException {
        var context = TaskContext.current();
        int attempt = context.attempt();
        Ledger.started(key, attempt, context.redelivered());
        if (millis > 0) {
            var _ = NEVER.await(millis, TimeUnit.MILLISECONDS);
        }
        Ledger.ended(key, attempt);
    }
}
