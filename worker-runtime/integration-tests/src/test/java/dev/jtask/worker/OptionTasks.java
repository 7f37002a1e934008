package dev.jtask.worker;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks with every option.
@SuppressWarnings("DoNotCallSuggester") // tasks that only throw are what is tested
public final class OptionTasks {

    final CountDownLatch gate = new CountDownLatch(1);
    final AtomicInteger runs = new AtomicInteger();

    @Task(value = "o.unlimited", maxRetries = -1, retryDelay = "0s", retryFor = IOException.class)
    public int unlimited(int succeedAt, TaskContext context) throws IOException {
        if (context.attempt() < succeedAt) {
            throw new IOException("not yet");
        }
        return context.attempt();
    }

    @Task(value = "o.not_for", retryDelay = "0s", retryFor = IOException.class, dontRetryFor = EOFException.class)
    public void notFor() throws IOException {
        throw new EOFException("end");
    }

    @Task(value = "o.soft", softTimeLimit = "300ms")
    public String soft(TaskContext context) throws InterruptedException {
        gate.await();
        return "never " + context.isCancelled();
    }

    @Task(value = "o.soft_caught", softTimeLimit = "300ms")
    public String softCaught(TaskContext context) {
        try {
            gate.await();
            return "never";
        } catch (InterruptedException e) {
            return "cleaned up, cancelled " + context.isCancelled();
        }
    }

    @Task(value = "o.hard", timeLimit = "400ms")
    public String hard() throws InterruptedException {
        gate.await();
        return "never";
    }

    @Task(value = "o.stubborn", timeLimit = "300ms")
    public String stubborn() {
        while (gate.getCount() > 0) {
            Thread.onSpinWait();
            var _ = Thread.interrupted();
        }
        return "late";
    }

    @Task(value = "o.limited", rateLimit = "5/s")
    public void limited() {}

    @Task(value = "o.ignored", ignoreResult = true)
    public int ignored() {
        return 1;
    }

    @Task(value = "o.tracked", trackStarted = true)
    public String tracked() throws InterruptedException {
        gate.await();
        return "done";
    }

    @Task(value = "o.early", ackEarly = true)
    public String early() throws InterruptedException {
        runs.incrementAndGet();
        gate.await();
        return "done";
    }

    @Task("o.progress")
    public String progress(TaskContext context) throws InterruptedException {
        context.progress(Map.of("done", 1, "of", 2));
        gate.await();
        context.progress("UPLOADING", 2);
        return context.task();
    }

    @Task("o.reject")
    public void reject(boolean requeue, TaskContext context) {
        runs.incrementAndGet();
        throw requeue ? context.requeue("not me") : context.reject("not wanted");
    }

    @Task("o.ignore")
    public void ignore(TaskContext context) {
        runs.incrementAndGet();
        throw context.ignore();
    }

    @Task("o.spawn")
    public String spawn(TaskContext context) {
        return context.send(TaskRequest.of("t.add", 1, 2));
    }

    @Task("o.context")
    public Map<String, Object> context(TaskContext context) {
        return Map.of(
                "id", context.id(),
                "root", String.valueOf(context.rootId()),
                "queue", context.queue(),
                "headers", context.headers(),
                "deadline", context.deadline().isPresent());
    }

    @Task(value = "o.exhausted", maxRetries = 1)
    public void exhausted(TaskContext context) {
        throw context.retry(Duration.ZERO);
    }
}
