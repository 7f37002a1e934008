package dev.jtask.operator.report;

import dev.jtask.autoscaler.WorkerReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Asks the pods of a pool what they do: so many at a time and for so long, whatever they answer, as pods that accept
/// and never answer must delay no decision, neither their own pool's nor another's. Those that were silent come last,
/// and after a few times are asked only once in a while.
public final class RollCall {

    private static final int AT_ONCE = 32;
    /// Of all pools together.
    private static final int AT_ONCE_OF_ALL = 512;
    /// How long pods are begun to be asked; the last of them has its own patience besides.
    private static final Duration WHILE = Duration.ofSeconds(1);

    private static final int TIMES = 3;
    private static final long AGAIN_AFTER = Duration.ofSeconds(30).toNanos();
    private static final long FORGOTTEN_AFTER = AGAIN_AFTER * 10;

    private record Silence(int times, long last) {}

    private final WorkerReports reports;
    private final LongSupplier nanos;
    private final Semaphore turns = new Semaphore(AT_ONCE_OF_ALL, true);
    private final Map<String, Silence> silences = new ConcurrentHashMap<>();
    private volatile long swept;

    public RollCall(WorkerReports reports) {
        this(reports, System::nanoTime);
    }

    RollCall(WorkerReports reports, LongSupplier nanos) {
        this.reports = reports;
        this.nanos = nanos;
        this.swept = nanos.getAsLong();
    }

    /// @param pods of one pool, for one caller at a time
    /// @param queues whose totals are wanted
    /// @return what was said, by the pods' names; left out are those that say nothing or were not asked
    public Map<String, WorkerReport> of(Collection<Pod> pods, Set<String> queues) {
        long now = nanos.getAsLong();
        sweep(now);
        var due = due(pods, now);
        if (due.isEmpty()) {
            return Map.of();
        }
        var said = new ConcurrentHashMap<String, WorkerReport>();
        long end = now + WHILE.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = Math.min(AT_ONCE, due.size()); i > 0; i--) {
                threads.execute(() -> ask(due, queues, end, said));
            }
        }
        return said;
    }

    /// In no order but that: a pool with more pods than there is time for hears of others each time.
    private Queue<Pod> due(Collection<Pod> pods, long now) {
        var due = new ArrayList<>(
                pods.stream().filter(pod -> isDue(silence(pod), now)).toList());
        Collections.shuffle(due);
        due.sort(Comparator.comparingInt(pod -> silence(pod).times()));
        return new ConcurrentLinkedQueue<>(due);
    }

    private static boolean isDue(Silence silence, long now) {
        return silence.times() < TIMES || now - silence.last() >= AGAIN_AFTER;
    }

    private void ask(Queue<Pod> due, Set<String> queues, long end, Map<String, WorkerReport> said) {
        while (hasTurn(end)) {
            try {
                var pod = due.poll();
                if (pod == null) {
                    return;
                }
                ask(pod, queues, said);
            } finally {
                turns.release();
            }
        }
    }

    private boolean hasTurn(long end) {
        long left = end - nanos.getAsLong();
        try {
            return left > 0 && turns.tryAcquire(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void ask(Pod pod, Set<String> queues, Map<String, WorkerReport> said) {
        try {
            reports.of(pod, queues)
                    .ifPresent(report -> said.put(pod.getMetadata().getName(), report));
        } catch (RuntimeException e) {
            // one that cannot be understood says nothing
        }
        if (said.containsKey(pod.getMetadata().getName())) {
            silences.remove(key(pod));
        } else {
            silences.put(key(pod), new Silence(silence(pod).times() + 1, nanos.getAsLong()));
        }
    }

    private Silence silence(Pod pod) {
        return silences.getOrDefault(key(pod), new Silence(0, 0));
    }

    private static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    /// Pods that are gone are asked no more.
    private void sweep(long now) {
        if (now - swept >= FORGOTTEN_AFTER) {
            swept = now;
            silences.values().removeIf(silence -> now - silence.last() >= FORGOTTEN_AFTER);
        }
    }
}
