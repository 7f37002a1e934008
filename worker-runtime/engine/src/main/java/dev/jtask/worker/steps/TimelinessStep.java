package dev.jtask.worker.steps;

import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Clock;
import java.time.Duration;

/// Runs nothing before its eta or after its expiry.
public final class TimelinessStep implements Interceptor {

    private final Clock clock;

    public TimelinessStep(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Outcome around(Job job, Next next) {
        var now = clock.instant();
        var expires = job.message().expires();
        if (expires != null && expires.isBefore(now)) {
            return new Outcome.Revoked(Outcome.Revoked.EXPIRED);
        }
        var eta = job.message().eta();
        return eta != null && eta.isAfter(now)
                ? new Outcome.Later(Duration.between(now, eta), new Outcome.InTheBroker())
                : next.proceed(job);
    }
}
