package dev.jtask.worker.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The ids that somebody revoked: their tasks are not run. Kept for three hours and 50,000 ids, as Celery does. Safe
/// for
/// any thread.
public final class Revocations implements Interceptor {

    private static final int MOST = 50_000;
    private static final Duration KEPT = Duration.ofHours(3);

    private final Clock clock;
    private final LinkedHashMap<String, Instant> revoked = new LinkedHashMap<>();

    public Revocations(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        return contains(invocation.message().id()) ? new Outcome.Revoked(Outcome.Revoked.REVOKED) : next.proceed();
    }

    public void add(Collection<String> ids) {
        ids.forEach(id -> add(id, clock.instant()));
    }

    /// Takes over what another worker knows.
    public synchronized void add(String id, Instant since) {
        revoked.putIfAbsent(id, since);
        var oldest = clock.instant().minus(KEPT);
        revoked.values().removeIf(time -> time.isBefore(oldest));
        while (revoked.size() > MOST) {
            revoked.pollFirstEntry();
        }
    }

    /// Ids with the time of their revocation, oldest first.
    public synchronized Map<String, Instant> all() {
        return new LinkedHashMap<>(revoked);
    }

    private synchronized boolean contains(String id) {
        return revoked.containsKey(id);
    }
}
