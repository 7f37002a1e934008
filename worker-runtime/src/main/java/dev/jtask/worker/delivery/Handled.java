package dev.jtask.worker.delivery;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.execution.Attempt;
import dev.jtask.worker.execution.Attempts;
import dev.jtask.worker.execution.Execution;
import dev.jtask.worker.execution.Slot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The broker's side of one attempt.
final class Handled implements Attempt.Handling {

    /// What a task does to the broker happens on threads that nobody interrupts: an interrupted write closes the
    /// connection.
    private static final Executor UNINTERRUPTED =
            work -> Thread.ofPlatform().daemon().name("task-link").start(work);

    private final Delivered delivered;
    private final Slot slot;
    private final Settler settler;
    private final Attempts attempts;
    private final Attempt attempt;

    Handled(Delivered delivered, Slot slot, Settler settler, Attempts attempts) {
        this.delivered = delivered;
        this.slot = slot;
        this.settler = settler;
        this.attempts = attempts;
        this.attempt = new Attempt(delivered.received(), this, settler.now());
    }

    Attempt attempt() {
        return attempt;
    }

    @Override
    public void acknowledgeEarly() {
        delivered.acknowledger().ack(delivered.tag());
    }

    @Override
    public void report(TaskMessage task, String state, @Nullable Object meta) {
        uninterrupted(() -> settler.report(task, state, meta));
    }

    @Override
    public void send(Routed message) {
        uninterrupted(() -> settler.send(message).join());
    }

    @Override
    public void giveUp(Execution execution) {
        if (attempt.claim()) {
            attempts.stuck();
            settler.settle(delivered, execution, attempt);
            slot.release();
        }
    }

    private static void uninterrupted(Runnable work) {
        try {
            CompletableFuture.runAsync(work, UNINTERRUPTED).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
