package dev.jtask.worker;

import dev.jtask.worker.celery.control.TaskControl;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Jobs;
import dev.jtask.worker.steps.Revocations;
import dev.jtask.worker.steps.RevokedStamps;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/// The worker's jobs, and what it was told not to run.
record LiveTasks(Jobs jobs, Revocations revocations) implements TaskControl {

    @Override
    public Collection<Job> running() {
        return jobs.running();
    }

    @Override
    public Map<String, Duration> revoked() {
        return revocations.all();
    }

    @Override
    public void revoke(Collection<String> ids) {
        revocations.add(ids);
    }

    @Override
    public RevokedStamps stamps() {
        return revocations.stamps();
    }
}
