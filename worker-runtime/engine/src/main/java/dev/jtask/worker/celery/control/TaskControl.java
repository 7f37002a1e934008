package dev.jtask.worker.celery.control;

import dev.jtask.worker.run.Job;
import dev.jtask.worker.steps.RevokedStamps;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/// The tasks that this worker runs, and those that it must not run.
public interface TaskControl {

    Collection<Job> running();

    /// Ids with the time since their revocation.
    Map<String, Duration> revoked();

    void revoke(Collection<String> ids);

    RevokedStamps stamps();
}
