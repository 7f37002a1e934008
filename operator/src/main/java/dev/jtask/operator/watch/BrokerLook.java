package dev.jtask.operator.watch;

import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.secret.BrokerAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The looks at one broker: one at a time, fewer after failures.
final class BrokerLook {

    private final BrokerAccess access;
    private final ManagementApi api;
    private final LookBackoff backoff;
    private final BrokerMetrics metrics;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    // written only by the one look that runs, read by the next one
    private volatile int failures;
    private volatile @Nullable Instant notBefore;

    BrokerLook(
            BrokerAccess access,
            Function<BrokerAccess, ManagementApi> apis,
            LookBackoff backoff,
            BrokerMetrics metrics,
            Clock clock) {
        this.access = access;
        this.api = new LazyApi(access, apis);
        this.backoff = backoff;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Takes the turn when it is this broker's; [#end()] gives it back.
    boolean begin() {
        var earliest = notBefore;
        return (earliest == null || !clock.instant().isBefore(earliest)) && looking.compareAndSet(false, true);
    }

    void end() {
        looking.set(false);
    }

    ManagementApi api() {
        return api;
    }

    Probe look(Set<String> queues) {
        var start = clock.instant();
        try {
            var found = api.read(queues);
            var took = Duration.between(start, clock.instant());
            failures = 0;
            notBefore = null;
            metrics.looked(access.management(), "ok", took);
            return new Probe.Seen(found, took, clock.instant());
        } catch (ManagementException e) {
            return failed(start, e.fault().reason(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // the loop must outlive any answer that the client cannot read
            return failed(
                    start,
                    ManagementException.Fault.UNREACHABLE.reason(),
                    "%s gave an answer that is not the management API's (%s)"
                            .formatted(access.management(), e.getClass().getSimpleName()));
        }
    }

    private Probe failed(Instant start, String reason, String message) {
        var now = clock.instant();
        var inARow = failures + 1;
        failures = inARow;
        notBefore = now.plus(backoff.after(inARow));
        metrics.looked(access.management(), reason, Duration.between(start, now));
        return new Probe.Blind(reason, message, now);
    }
}
