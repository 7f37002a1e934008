package dev.jtask.worker;

import dev.jtask.task.Task;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks for work flows.
public final class CanvasTasks {

    final BlockingQueue<Object> logged = new LinkedBlockingQueue<>();

    final AtomicInteger failed = new AtomicInteger();

    @Task("t.add")
    public int add(int x, int y) {
        return x + y;
    }

    @Task("t.sum")
    public int sum(List<Integer> values) {
        return values.stream().mapToInt(value -> value).sum();
    }

    /// Ten to that power.
    @Task("t.power")
    public BigInteger power(int exponent) {
        return BigInteger.TEN.pow(exponent);
    }

    @Task("t.text")
    public String text(int length) {
        return "x".repeat(length);
    }

    @Task("t.log")
    public Object log(Object value) {
        logged.add(value);
        return value;
    }

    @Task("t.fail")
    @SuppressWarnings("DoNotCallSuggester") // that is its task
    public void fail(String message) {
        failed.incrementAndGet();
        throw new IllegalStateException(message);
    }
}
