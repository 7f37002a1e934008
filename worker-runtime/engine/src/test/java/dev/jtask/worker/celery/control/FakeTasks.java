package dev.jtask.worker.celery.control;

import dev.jtask.worker.run.Job;
import dev.jtask.worker.steps.RevokedStamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Remembers what was revoked; everything ten seconds ago.
final class FakeTasks implements TaskControl {

    final List<Job> running = new ArrayList<>();
    final Map<String, Duration> revoked = new LinkedHashMap<>();
    final RevokedStamps stamps = new RevokedStamps();

    @Override
    public Collection<Job> running() {
        return running;
    }

    @Override
    public Map<String, Duration> revoked() {
        return revoked;
    }

    @Override
    public void revoke(Collection<String> ids) {
        ids.forEach(id -> revoked.put(id, Duration.ofSeconds(10)));
    }

    @Override
    public RevokedStamps stamps() {
        return stamps;
    }
}
