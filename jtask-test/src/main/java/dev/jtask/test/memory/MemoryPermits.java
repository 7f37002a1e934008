package dev.jtask.test.memory;

import dev.jtask.protocol.topology.LimitScope;
import dev.jtask.worker.run.Permits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// What runs and what has started of limited tasks, under the test's clock.
final class MemoryPermits implements Permits {

    private static final Answer FULL = new Answer.Full();

    private final Clock clock;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Deque<Instant>> started = new HashMap<>();

    MemoryPermits(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Answer run(LimitScope of, int most) {
        var name = of.running();
        if (running.getOrDefault(name, 0) >= most) {
            return FULL;
        }
        running.merge(name, 1, Integer::sum);
        return new Answer.Granted(() -> ended(name));
    }

    @Override
    public synchronized Answer start(LimitScope of, int most, Duration period) {
        var now = clock.instant();
        var recent = started.computeIfAbsent(of.started(most, period), name -> new ArrayDeque<>());
        recent.removeIf(start -> !start.plus(period).isAfter(now));
        if (recent.size() >= most) {
            return FULL;
        }
        recent.add(now);
        return new Answer.Granted(Permit.NONE);
    }

    private synchronized void ended(String name) {
        running.merge(name, -1, Integer::sum);
    }
}
