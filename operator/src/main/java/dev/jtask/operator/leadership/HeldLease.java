package dev.jtask.operator.leadership;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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

    /// So many times as long as a lease lasts; informers that start may hold up the election for a minute.
    private static final int UNTAKEN = 10;

    private final Leases leases;
    private final String identity;
    private final long validNanos;
    private final long freeNanos;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Runnable onLoss;
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile @Nullable Long until;
    private @Nullable Watched watched;
    private volatile @Nullable Long freeSince;
    private @Nullable Long newest;

    /// Another's claim.
    ///
    /// @param since when it was first seen as it is, by the clock that only moves forward
    private record Watched(Claim claim, long since) {}

    /// @param identity what this operator calls itself in the lease
    /// @param valid how long after a renewal it may act
    /// @param free how long after another's last renewal anybody may take the lease; longer than `valid`
    /// @param nanos a clock that only moves forward
    /// @param onLoss called once when a lease that was held is held no more, or when nobody takes it
    public HeldLease(
            Leases leases,
            String identity,
            Duration valid,
            Duration free,
            Clock clock,
            LongSupplier nanos,
            Runnable onLoss) {
        this.leases = leases;
        this.identity = identity;
        this.validNanos = valid.toNanos();
        this.freeNanos = free.toNanos();
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
        lose("lost the lease, it was not renewed in time");
        return false;
    }

    /// Reads the lease; to be called more often than it runs out.
    public void check() {
        holds();
        var asked = nanos.getAsLong();
        try {
            var claim = leases.read();
            if (claim.isEmpty()) {
                leases.mend(Duration.ofNanos(freeNanos), clock.instant());
            }
            learn(claim.orElse(null), asked).ifPresent(leases::clear);
        } catch (RuntimeException e) {
            freeSince = null;
            // what is held runs out by itself
            LOG.warn("the lease cannot be read or written: {}", e.toString());
        }
    }

    /// The election said that another one leads.
    public void end() {
        if (until != null) {
            lose("lost the lease, the election ended");
        }
    }

    /// Gives the lease back, so that nobody waits until it runs out. This operator does nothing more from then on.
    public void resign() {
        lost.set(true);
        try {
            leases.read().filter(claim -> claim.holder().equals(identity)).ifPresent(leases::clear);
        } catch (RuntimeException e) {
            LOG.warn("the lease cannot be given back and runs out by itself: {}", e.toString());
        }
    }

    /// Of two that read at once the one that asked later knows more, whichever is answered first: an answer that
    /// was long on its way names whoever held the lease before this operator took it.
    ///
    /// @return what is to be cleared
    private synchronized Optional<Claim> learn(@Nullable Claim claim, long asked) {
        if (newest != null && asked - newest < 0) {
            return Optional.empty();
        }
        newest = asked;
        untaken(claim == null || claim.holder().isEmpty(), asked);
        return claim != null && take(claim, asked) ? Optional.of(claim) : Optional.empty();
    }

    private boolean take(Claim claim, long asked) {
        if (claim.holder().equals(identity)) {
            extend(claim);
            return false;
        }
        if (until != null) {
            lose("lost the lease, %s holds it".formatted(claim.holder()));
            return false;
        }
        return !claim.holder().isEmpty() && watch(claim, asked);
    }

    /// Counts from the renewal, however long the answer was on its way; what has run out already was never held.
    private void extend(Claim claim) {
        var now = nanos.getAsLong();
        var age = Math.max(0, Duration.between(claim.renewed(), clock.instant()).toNanos());
        var before = until;
        var end = now - age + validNanos;
        if (end - (before == null ? now : before) > 0) {
            until = end;
        }
    }

    /// The election compares the holder's clock with this one's: of one that was ahead and died, the lease would not be
    /// taken before that time has come. What counts is for how long the holder was seen to renew nothing.
    private boolean watch(Claim claim, long asked) {
        var before = watched;
        if (before == null || !before.claim().equals(claim)) {
            watched = new Watched(claim, nanos.getAsLong());
            return false;
        }
        if (asked - before.since() < freeNanos) {
            return false;
        }
        LOG.warn(
                "{} renewed the lease at {} by its clock and not since; by this one it is {}: its name is taken out",
                claim.holder(),
                claim.renewed(),
                clock.instant());
        return true;
    }

    /// An election takes a lease that is free within seconds. One that ended by an error says nothing, and what is left
    /// would stand by for ever.
    private void untaken(boolean free, long asked) {
        var since = freeSince;
        if (!free || until != null) {
            freeSince = null;
        } else if (since == null) {
            freeSince = asked;
        } else if (asked - since >= UNTAKEN * freeNanos) {
            lose(
                    "nobody has taken the lease for %d s, so that the election has ended or may not write it, as the log says above"
                            .formatted(Duration.ofNanos(asked - since).toSeconds()));
        }
    }

    private void lose(String why) {
        if (lost.compareAndSet(false, true)) {
            LOG.error("{}: this operator does nothing more and ends", why);
            onLoss.run();
        }
    }
}
