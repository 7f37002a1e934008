package dev.jtask.operator.watch;

import dev.jtask.operator.depth.Depths;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The looks at one broker: one at a time, fewer after failures. Between them its queues may be counted alone.
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
    private final Counter counter;
    private final LookBackoff backoff;
    private final BrokerMetrics metrics;
    private final Clock clock;
    private final AtomicReference<@Nullable Turn> looking = new AtomicReference<>();
    // written only by the one look that runs, read by the next one
    private volatile int failures;
    private volatile @Nullable Instant notBefore;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Known known = Known.NOTHING;

    BrokerLook(
            BrokerAccess access,
            Function<BrokerAccess, ManagementApi> apis,
            Function<AmqpAccess, Depths> depths,
            LookBackoff backoff,
            BrokerMetrics metrics,
            Clock clock) {
        this.access = access;
        this.api = new LazyApi(access, apis);
        this.counter = new Counter(depths);
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

    /// @param doors by any of which the queues may be counted
    Probe look(Set<String> queues, Set<AmqpAccess> doors) {
        var start = clock.instant();
        try {
            var found = api.read(queues);
            var took = Duration.between(start, clock.instant());
            failures = 0;
            notBefore = null;
            metrics.looked(access.management(), "ok", took);
            var counted = Known.of(found).counting(counter.count(found.keySet(), doors));
            known = counted;
            return new Probe.Seen(counted.latest(), took, clock.instant());
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

    /// Takes the turn to count, which [#count(Set, Set)] gives back.
    boolean beginCount() {
        return !known.told().isEmpty() && looking.get() == null && counting.compareAndSet(false, true);
    }

    /// What was seen last, with these queues, or some of many, counted now; empty when none could be.
    ///
    /// @param doors by any of which the queues may be counted
    Optional<Probe.Seen> count(Set<String> queues, Set<AmqpAccess> doors) {
        try {
            var before = known;
            var counted = counter.countSome(
                    queues.stream().filter(before.told()::containsKey).toList(), doors);
            if (counted.isEmpty()) {
                return Optional.empty();
            }
            var after = before.counting(counted);
            known = after;
            return Optional.of(new Probe.Seen(after.latest(), Duration.ZERO, clock.instant()));
        } finally {
            counting.set(false);
        }
    }

    /// Takes leave of the broker.
    void close() {
        counter.close();
    }

    private Probe failed(Instant start, String reason, String message) {
        var now = clock.instant();
        var inARow = failures + 1;
        failures = inARow;
        known = Known.NOTHING;
        notBefore = now.plus(backoff.after(inARow));
        metrics.looked(access.management(), reason, Duration.between(start, now));
        return new Probe.Blind(reason, message, now);
    }
}
