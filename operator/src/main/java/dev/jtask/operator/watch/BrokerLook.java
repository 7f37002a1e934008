package dev.jtask.operator.watch;

import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.secret.BrokerAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The looks at one broker: one at a time, fewer after failures.
final class BrokerLook {

    /// Longer than any look should take: every answer in it has its own deadline.
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(1);

    /// The right to look, from its beginning on; told apart by identity.
    static final class Turn {
        private final Instant began;

        Turn(Instant began) {
            this.began = began;
        }

        Instant began() {
            return began;
        }
    }

    private final BrokerAccess access;
    private final ManagementApi api;
    private final LookBackoff backoff;
    private final BrokerMetrics metrics;
    private final Clock clock;
    private final AtomicReference<@Nullable Turn> looking = new AtomicReference<>();
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

    /// Takes the turn when it is this broker's; [#end(Turn)] gives it back. A look that hangs loses it to the next one.
    Optional<Turn> begin() {
        var earliest = notBefore;
        var now = clock.instant();
        var before = looking.get();
        var mine = new Turn(now);
        return (earliest == null || !now.isBefore(earliest))
                        && (before == null
                                || before.began().plus(ABANDONED_AFTER).isBefore(now))
                        && looking.compareAndSet(before, mine)
                ? Optional.of(mine)
                : Optional.empty();
    }

    /// @return whether the turn was still this one's: else what it saw is too old
    boolean end(Turn turn) {
        return looking.compareAndSet(turn, null);
    }

    /// Waits no longer for a broker that did not answer.
    void lookSoon() {
        notBefore = null;
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
