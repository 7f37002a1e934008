package dev.jtask.worker.celery.control;

import dev.jtask.worker.run.Job;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/// The tasks that this worker runs, and those that it must not run.
public interface TaskControl {

    Collection<Job> running();

    /// Ids with the time since their revocation.
    Map<String, Duration> revoked();

    void revoke(Collection<String> ids);

    /// @throws IllegalArgumentException when there are too many headers already
    void revokeStamped(String header, Collection<String> stamps);
}
