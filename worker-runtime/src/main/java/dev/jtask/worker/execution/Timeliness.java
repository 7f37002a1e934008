package dev.jtask.worker.execution;

import java.time.Clock;
import java.time.Duration;

/// Runs nothing before its eta or after its expiry.
public final class Timeliness implements Interceptor {

    private final Clock clock;

    public Timeliness(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        var now = clock.instant();
        var expires = invocation.message().expires();
        if (expires != null && expires.isBefore(now)) {
            return new Outcome.Revoked(Outcome.Revoked.EXPIRED);
        }
        var eta = invocation.message().eta();
        return eta != null && eta.isAfter(now) ? new Outcome.Postponed(Duration.between(now, eta)) : next.proceed();
    }
}
