package dev.jtask.operator.watch;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.QueueDeclaration;
import dev.jtask.operator.management.QueueDeletion;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Knows of one queue and takes its time to say so; counts how many ask at once.
final class SlowApi implements ManagementApi {

    private final Duration answer;
    private final CountDownLatch end;
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /// @param answer how long each takes
    SlowApi(Duration answer) {
        this(answer, new CountDownLatch(1));
    }

    /// @param end before it nothing is answered, unless an answer takes some time
    SlowApi(Duration answer, CountDownLatch end) {
        this.answer = answer;
        this.end = end;
    }

    int most() {
        return most.get();
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        most.accumulateAndGet(asking.incrementAndGet(), Math::max);
        try {
            var _ = answer.isZero() ? waited() : end.await(answer.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asking.decrementAndGet();
        }
        return Map.of("q", QueueSample.unknown("q"));
    }

    private boolean waited() throws InterruptedException {
        end.await();
        return true;
    }

    @Override
    public void declare(QueueDeclaration declaration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bind(String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public QueueDeletion deleteIfUnused(String queue) {
        throw new UnsupportedOperationException();
    }
}
