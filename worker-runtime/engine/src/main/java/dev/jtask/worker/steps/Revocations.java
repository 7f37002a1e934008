package dev.jtask.worker.steps;

import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The ids and stamps that somebody revoked: their tasks are not run. Ids are kept for three hours and 50,000 of them,
/// as Celery does. Safe for any thread.
public final class Revocations implements Interceptor {

    private static final int MOST = 50_000;
    private static final Duration KEPT = Duration.ofHours(3);

    private final Clock clock;
    private final LinkedHashMap<String, Instant> revoked = new LinkedHashMap<>();
    private final RevokedStamps stamps = new RevokedStamps();

    public Revocations(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Outcome around(Job job, Next next) {
        var message = job.message();
        return contains(message.id()) || stamps.covers(message)
                ? new Outcome.Revoked(Outcome.Revoked.REVOKED)
                : next.proceed(job);
    }

    /// From now on, also those that were revoked before.
    public synchronized void add(Collection<String> ids) {
        var now = clock.instant();
        ids.forEach(id -> revoked.putLast(id, now));
        while (!revoked.isEmpty()
                && (revoked.size() > MOST || revoked.firstEntry().getValue().isBefore(now.minus(KEPT)))) {
            revoked.pollFirstEntry();
        }
    }

    public RevokedStamps stamps() {
        return stamps;
    }

    /// Ids with the time since their revocation, oldest first.
    public synchronized Map<String, Duration> all() {
        var now = clock.instant();
        var ages = new LinkedHashMap<String, Duration>();
        revoked.forEach((id, since) -> ages.put(id, Duration.between(since, now)));
        return ages;
    }

    private synchronized boolean contains(String id) {
        return revoked.containsKey(id);
    }
}
