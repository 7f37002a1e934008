package dev.jtask.operator.leadership;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leads as long as the lease itself says so, and no longer than it was renewed for.
///
/// The election's own word is not enough: a process that was stopped, or whose election ended by an error, believes
/// that it leads until told otherwise. Time passes for it all the same, so what it holds runs out.
public final class HeldLease implements Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

    private final Leases leases;
    private final String identity;
    private final long validNanos;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Runnable onLoss;
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile @Nullable Long until;

    /// @param identity what this operator calls itself in the lease
    /// @param valid how long after a renewal it may act; shorter than others wait before they take the lease
    /// @param nanos a clock that only moves forward
    /// @param onLoss called once when a lease that was held is held no more
    public HeldLease(Leases leases, String identity, Duration valid, Clock clock, LongSupplier nanos, Runnable onLoss) {
        this.leases = leases;
        this.identity = identity;
        this.validNanos = valid.toNanos();
        this.clock = clock;
        this.nanos = nanos;
        this.onLoss = onLoss;
    }

    @Override
    public boolean holds() {
        var end = until;
        if (end == null || lost.get()) {
            return false;
        }
        if (nanos.getAsLong() - end < 0) {
            return true;
        }
        lose("it was not renewed in time");
        return false;
    }

    /// Reads the lease; to be called more often than it runs out.
    public void check() {
        holds();
        var asked = nanos.getAsLong();
        try {
            leases.read().ifPresent(claim -> take(claim, asked));
        } catch (RuntimeException e) {
            // what is held runs out by itself
            LOG.warn("the lease cannot be read: {}", e.toString());
        }
    }

    /// The election said that another one leads.
    public void end() {
        if (until != null) {
            lose("the election ended");
        }
    }

    private void take(Claim claim, long asked) {
        if (claim.holder().equals(identity)) {
            var age = Math.max(
                    0, Duration.between(claim.renewed(), clock.instant()).toNanos());
            until = asked - age + validNanos;
            holds();
        } else if (until != null) {
            lose(claim.holder() + " holds it");
        }
    }

    private void lose(String why) {
        if (lost.compareAndSet(false, true)) {
            LOG.error("lost the lease, {}: this operator does nothing more and ends", why);
            onLoss.run();
        }
    }
}
