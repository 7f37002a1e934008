package dev.jtask.worker;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks that emit numbers from 1.
public final class PieceTasks {

    private static final int OCTETS = 2_000_000;

    final CountDownLatch gate = new CountDownLatch(1);
    final AtomicInteger emitted = new AtomicInteger();
    final AtomicInteger runs = new AtomicInteger();

    @Task("e.count")
    public int count(int pieces, TaskContext context) {
        runs.incrementAndGet();
        for (int i = 1; i <= pieces; i++) {
            context.emit(i);
            emitted.incrementAndGet();
        }
        return pieces;
    }

    /// Waits for the gate between the first two and the others.
    @Task("e.gated")
    public int gated(int pieces, TaskContext context) throws InterruptedException {
        for (int i = 1; i <= pieces; i++) {
            if (i == 3) {
                gate.await();
            }
            context.emit(i);
        }
        return pieces;
    }

    /// Until the gate is open.
    @Task("e.endless")
    public int endless(TaskContext context) {
        while (gate.getCount() > 0) {
            context.emit(emitted.incrementAndGet());
        }
        return emitted.get();
    }

    @Task(value = "e.retry", retryFor = IOException.class, retryDelay = "0s")
    public int retry(TaskContext context) throws IOException {
        context.emit(context.attempt() * 10 + 1);
        if (context.attempt() == 1) {
            context.emit(12);
            throw new IOException("no paper");
        }
        return context.attempt();
    }

    @Task("e.fail")
    public void fail(TaskContext context) {
        context.emit(1);
        context.emit(2);
        throw new IllegalStateException("no paper");
    }

    /// Goes on without the piece that is too large.
    @Task("e.large")
    public String large(TaskContext context) {
        context.emit(1);
        try {
            context.emit("x".repeat(OCTETS));
            return "taken";
        } catch (IllegalArgumentException e) {
            context.emit(2);
            return String.valueOf(e.getMessage());
        }
    }

    /// Sends one that nobody has asked for pieces.
    @Task("e.parent")
    public String parent(TaskContext context) {
        context.emit(1);
        return context.send(TaskRequest.of("e.count", 3));
    }
}
