package dev.jtask.benchmarks.chaos;

import dev.jtask.testing.RabbitMqNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Looks at queues and workers once a second, while a run goes on.
final class Lookout implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final RabbitMqNode broker;
    private final Queues queues;
    private final Fleet fleet;
    private final Injector injector;
    private final Evidence evidence;
    private final Watch watch = new Watch(BOUND.toMillis());
    private final Thread thread;
    private volatile Map<String, Integer> ready = Map.of();
    private volatile List<String> stuck = List.of();
    private volatile long lastProgress = System.currentTimeMillis();
    private long progress;

    Lookout(RabbitMqNode broker, Queues queues, Fleet fleet, Injector injector, Evidence evidence) {
        this.broker = broker;
        this.evidence = evidence;
        this.queues = queues;
        this.fleet = fleet;
        this.injector = injector;
        this.thread = Thread.ofVirtual().start(this::look);
    }

    /// Messages that waited at the last look.
    int ready() {
        return ready.values().stream().mapToInt(count -> count).sum();
    }

    /// How long nothing has moved.
    Duration quiet() {
        return Duration.ofMillis(System.currentTimeMillis() - lastProgress);
    }

    /// Workers that were found to do nothing.
    List<String> stuck() {
        return stuck;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void look() {
        while (!Thread.currentThread().isInterrupted()) {
            boolean able = injector.brokerIsAble();
            try {
                ready = Topology.ready(broker, queues);
            } catch (IOException | RuntimeException e) {
                able = false; // the broker is away, which is part of the plan
            }
            var looks = new ArrayList<Watch.Look>();
            for (var hand : fleet.hands()) {
                int waiting = fleet.queuesOf(hand).stream()
                        .mapToInt(queue -> ready.getOrDefault(queue, 0))
                        .sum();
                looks.add(new Watch.Look(hand.number(), hand.progress(), waiting, able && hand.isAble()));
            }
            note(looks);
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private void note(List<Watch.Look> looks) {
        long now = System.currentTimeMillis();
        var found = watch.look(now, looks);
        if (!found.isEmpty()) {
            found.forEach(line -> System.err.println("chaos: " + line));
            evidence.keep();
        }
        stuck = watch.stuck();
        long all = looks.stream().mapToLong(Watch.Look::progress).sum();
        if (all != progress) {
            progress = all;
            lastProgress = now;
        }
    }
}
