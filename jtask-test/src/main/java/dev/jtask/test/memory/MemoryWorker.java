package dev.jtask.test.memory;

import static java.util.Objects.requireNonNull;

import dev.jtask.worker.heart.Heart;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Slots;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives deliveries to a worker's heart, one after the other, each in a slot and on a thread of its own as in a real
/// worker, and waits for its end.
final class MemoryWorker {

    /// So many runs without any time between them are a loop.
    private static final int MOST_AT_ONCE = 10_000;
    private static final int FRAMES = 12;

    private final Heart heart;
    private final MemoryBroker broker;
    private final Agenda agenda;
    private final Supplier<Collection<String>> queues;
    private final Duration patience;
    private volatile @Nullable AssertionError broken;

    /// @param queues consumed in this order
    /// @param patience how long a task may run, in real time
    MemoryWorker(
            Heart heart, MemoryBroker broker, Agenda agenda, Supplier<Collection<String>> queues, Duration patience) {
        this.heart = heart;
        this.broker = broker;
        this.agenda = agenda;
        this.queues = queues;
        this.patience = patience;
    }

    /// Runs all that is due, and what follows of it at once.
    void runDue() {
        int runs = 0;
        agenda.runDue();
        for (var next = broker.take(queues.get()); next.isPresent(); next = broker.take(queues.get())) {
            if (++runs > MOST_AT_ONCE) {
                throw new AssertionError(
                        "%d tasks ran and no time has passed, the last from queue '%s'; does a task send itself, or requeue, without a delay?"
                                .formatted(MOST_AT_ONCE, next.get().queue()));
            }
            run(next.get());
            agenda.runDue();
        }
    }

    private void run(MemoryBroker.Taken taken) {
        var before = broken;
        if (before != null) {
            throw before;
        }
        var delivery = new Delivery(
                taken.queue(),
                taken.message().wire(),
                taken.message().redelivered(),
                agenda.instant(),
                taken.message().turn(),
                new MemoryReceipt(broker, taken));
        var thread = new AtomicReference<Thread>();
        var failure = new AtomicReference<Throwable>();
        var slots = new Slots(1);
        try {
            var slot = requireNonNull(slots.take(0, TimeUnit.SECONDS), "a slot of none taken is free");
            slot.run(Thread.ofVirtual().name("task").factory(), () -> {
                thread.set(Thread.currentThread());
                try {
                    Turn.inside(() -> heart.runner().run(delivery, slot));
                } catch (Throwable e) { // not the task's, which are outcomes: it is told on the test's thread
                    failure.set(e);
                }
            });
            if (!slots.awaitIdle(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw stuck(thread.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the test was interrupted while a task ran", e);
        }
        if (failure.get() != null) {
            throw new IllegalStateException(
                    "jtask itself failed at a message of queue '%s'".formatted(taken.queue()), failure.get());
        }
    }

    private AssertionError stuck(@Nullable Thread thread) {
        var running = heart.jobs().running().stream().map(Job::toString).collect(Collectors.joining(", "));
        var stack = thread == null
                ? ""
                : Arrays.stream(thread.getStackTrace())
                        .limit(FRAMES)
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
        var error = new AssertionError(
                "task %s still runs after %d ms of real time: let it end, give it a limit, or give the test more @JTaskTest(patience = …). It stands%s"
                        .formatted(running, patience.toMillis(), stack));
        broken = error;
        // so that no thread outlives the test, where the task obeys
        heart.jobs().cancelAll(Job.Cause.WORKER_STOPS);
        return error;
    }
}
