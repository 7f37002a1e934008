package dev.jtask.worker;

import dev.jtask.task.Default;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Tasks that the tests send.
public final class TestTasks {

    final CountDownLatch gate = new CountDownLatch(1);
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger threw = new AtomicInteger();

    @Task("t.add")
    public int add(int x, @Default("10") int y) {
        return x + y;
    }

    @Task("t.echo")
    public @Nullable Object echo(@Nullable Object value) {
        return value;
    }

    @Task("t.emit")
    public int emit(int pieces, TaskContext context) {
        for (int i = 1; i <= pieces; i++) {
            context.emit(i);
        }
        return pieces;
    }

    @Task("t.fail")
    public void fail(String message) {
        throw new IllegalStateException(message);
    }

    @Task("t.next_day")
    public Instant nextDay(Instant time, Optional<Integer> days) {
        return time.plus(Duration.ofDays(days.orElse(1)));
    }

    @Task("t.total")
    public long total(List<Map<String, Integer>> prices) {
        return prices.stream()
                .flatMap(each -> each.values().stream())
                .mapToLong(price -> price)
                .sum();
    }

    @Task("t.later")
    public CompletionStage<String> later(String text) {
        return CompletableFuture.supplyAsync(() -> text + "!");
    }

    @Task(value = "t.flaky", retryDelay = "0s", retryFor = IOException.class)
    public int flaky(int succeedAt, TaskContext context) throws IOException {
        if (context.attempt() < succeedAt) {
            throw new IOException("attempt " + context.attempt());
        }
        return TaskContext.current().attempt();
    }

    @Task(value = "t.retry", maxRetries = 1)
    public int retry(int succeedAt, TaskContext context) {
        if (context.attempt() < succeedAt) {
            throw context.retry(Duration.ofMillis(1500), new IllegalStateException("attempt " + context.attempt()));
        }
        return context.attempt();
    }

    /// A result of so many octets, once the gate is open.
    @Task("t.bulky")
    public String bulky(int octets) throws InterruptedException {
        waiting.incrementAndGet();
        gate.await();
        return "x".repeat(octets);
    }

    @Task("t.wait")
    public String waitForGate() throws InterruptedException {
        waiting.incrementAndGet();
        gate.await();
        return "opened";
    }

    @Task("t.sleep")
    public String sleep(double seconds) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(Math.round(seconds * 1000)));
        return "slept";
    }

    /// Comes in just within the limit of nesting and goes out beyond it.
    @Task("t.deeper")
    public Object deeper(Object value) {
        return List.of(List.of(List.of(List.of(List.of(List.of(List.of(List.of(List.of(List.of(value))))))))));
    }

    @Task("t.reject")
    @SuppressWarnings("DoNotCallSuggester") // that is its task
    public void reject(String reason, TaskContext context) {
        throw context.reject(reason);
    }

    /// What is no exception, and what cannot say what is wrong with it.
    @Task("t.throw")
    public void throwAny(String kind) {
        threw.incrementAndGet();
        switch (kind) {
            case "service" -> throw new ServiceConfigurationError("no provider");
            case "io" -> throw new IOError(new IOException("no disk"));
            case "linkage" -> throw new NoSuchMethodError("gone()");
            default -> throw new Mute();
        }
    }

    private static final class Mute extends IllegalStateException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("which nobody hears");
        }
    }
}
