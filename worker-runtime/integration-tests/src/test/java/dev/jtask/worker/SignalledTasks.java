package dev.jtask.worker;

import dev.jtask.task.SignalTimeoutException;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks that wait for signals, and say how often they ran.
public final class SignalledTasks {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration BRIEF = Duration.ofSeconds(2);

    final List<String> runs = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();

    /// Of a Java record, as users have them.
    public record Approval(String by, int amount) {}

    @Task("signals.approve")
    public String approve(TaskContext context) {
        runs.add(context.id());
        var approval = context.awaitSignal("approval", Approval.class, LONG);
        ended.add(context.id());
        return "%s, %d, attempt %d".formatted(approval.by(), approval.amount(), context.attempt());
    }

    @Task("signals.brief")
    public String brief(TaskContext context) {
        runs.add(context.id());
        try {
            return context.awaitSignal("approval", String.class, BRIEF);
        } catch (SignalTimeoutException e) {
            var late = context.awaitSignal("second", String.class, LONG);
            return "%s was late, not %s".formatted(e.signal(), late);
        }
    }

    @Task("signals.late")
    public String late(TaskContext context) {
        return context.awaitSignal("approval", String.class, BRIEF);
    }

    @Task("signals.two")
    public String two(TaskContext context) {
        runs.add(context.id());
        var first = context.awaitSignal("first", String.class, LONG);
        var second = context.awaitSignal("second", Integer.class, LONG);
        return first + " " + second;
    }

    /// Catches all that it can, as careless code does.
    @Task("signals.careless")
    public String careless(TaskContext context) {
        try {
            return context.awaitSignal("approval", String.class, LONG);
        } catch (Throwable e) {
            return "caught " + e.getClass().getSimpleName();
        }
    }

    @Task(value = "signals.retried", retryFor = IOException.class, retryDelay = "0s")
    public String retried(TaskContext context) throws IOException {
        var value = context.awaitSignal("approval", String.class, LONG);
        if (failures.incrementAndGet() < 2) {
            throw new IOException("once more");
        }
        return "%s in attempt %d".formatted(value, context.attempt());
    }

    @Task("signals.none")
    public String none(String text) {
        return text;
    }
}
