package dev.jtask.autoscaler;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether more pods bring more: where all of them wait for the same database, tasks take longer as the pool grows, and
/// what they take longer asks for still more pods. Levels before and after a growth are compared; where the larger one
/// does no more, the pool goes back to where that began, and tries again later.
///
/// @param level of the present size, null while it is not busy
/// @param base the best level that was seen lately, null when none was
/// @param cap what came of the comparison, null while the pool may grow
record Yield(
        @Nullable Level level,
        @Nullable Level base,
        @Nullable Cap cap) {

    static final Yield UNKNOWN = new Yield(null, null, null);

    /// A pool is busy when so much of its slots is.
    private static final double BUSY = 0.8;
    /// A level is judged when it is so old, and its tasks have come and gone some times.
    private static final double SETTLED_SECONDS = 30;

    private static final double SETTLED_TASKS = 4;
    /// Where a few tasks take very long a mean is none before those have come and gone as well.
    private static final double LONGEST_TASKS = 2;

    private static final double JUDGED_RUNS = 100;
    private static final double BASE_RUNS = 50;
    /// Later it is not the growth that made it slow.
    private static final double JUDGED_WITHIN = 300;
    /// What was measured longer ago is of another time.
    private static final Duration OLD = Duration.ofMinutes(10);
    /// A level that is nearly as quick as the base is the new base: that far growth pays.
    private static final double AS_QUICK = 0.8;
    /// A smaller growth than this is lost in the noise, ...
    private static final double GROWN = 1.5;
    /// ... and one of which so little comes is for nothing.
    private static final double PAYS = 0.2;
    /// The smaller pool does clearly less: so the larger one did more.
    private static final double WRONG = 0.8;

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /// @param pods that the pool is held to; on trial twice as many
    /// @param brought by the level that was judged, in slots of the base's speed
    /// @param until when the pool may try again
    /// @param pause how long that is
    /// @param measuredFrom before this the pods that go still load what all wait for
    /// @param onTrial whether it tries again
    record Cap(int pods, double brought, Instant until, Duration pause, Instant measuredFrom, boolean onTrial) {

        /// Nothing is held, and nothing judged: the last judgement was wrong.
        static Cap mistaken(Instant now, Duration pause) {
            return new Cap(Integer.MAX_VALUE, 0, now.plus(pause), pause, now, false);
        }

        /// Of somebody whose clock may have been ahead.
        static Cap of(Guards.Held held, Instant now) {
            var pods = held.pods();
            var longest = now.plus(held.pause());
            var until = held.until().isAfter(longest) ? longest : held.until();
            return pods == null
                    ? new Cap(Integer.MAX_VALUE, 0, until, held.pause(), now, held.onTrial())
                    : new Cap(pods, held.brought(), until, held.pause(), now, held.onTrial());
        }

        Cap moved(Duration by) {
            return new Cap(pods, brought, until.plus(by), pause, measuredFrom.plus(by), onTrial);
        }

        Guards.Held held() {
            return new Guards.Held(pods == Integer.MAX_VALUE ? null : pods, brought, until, pause, onTrial);
        }

        Cap at(Instant now) {
            return until.isAfter(now) ? this : new Cap(pods, brought, until, pause, measuredFrom, true);
        }

        int most() {
            return onTrial && pods < Integer.MAX_VALUE / 2 ? 2 * pods : pods;
        }
    }

    /// What was found out by somebody before.
    static Yield of(Guards guards, Instant now) {
        var held = guards.held();
        var measured = guards.measured();
        return new Yield(
                null, measured == null ? null : Level.of(measured, now), held == null ? null : Cap.of(held, now));
    }

    /// The same by a clock that was put back.
    Yield moved(Duration by) {
        return new Yield(
                level == null ? null : level.moved(by),
                base == null ? null : base.moved(by),
                cap == null ? null : cap.moved(by));
    }

    Yield advance(Estimate seen, int ready, double need, ScalingPolicy policy, Instant now) {
        if (policy.retryGrowthAfter().isZero()) {
            return UNKNOWN;
        }
        var done = seen.running().lately();
        var standing = cap == null ? null : cap.at(now);
        if (done == null) {
            // a pool that was empty begins anew
            return seen.state().pods().isEmpty() ? UNKNOWN : unheard(standing, policy, now);
        }
        var dropped = standing != null && standing.onTrial() && need <= standing.pods() ? null : standing;
        boolean waits = seen.queues().stream().anyMatch(queue -> queue.backlog() > 0);
        boolean settling = dropped != null && dropped.measuredFrom().isAfter(now);
        boolean busy = waits
                && !settling
                && ready > 0
                && seen.running().busySlots() >= BUSY * ready * policy.slotsPerReplica();
        if (level == null || !busy || !level.goesOn(ready, policy, now)) {
            return new Yield(
                    busy ? Level.begin(ready, seen.state().longestSeconds(), now) : null,
                    dropped != null && !dropped.onTrial() ? base : rebased(now),
                    dropped);
        }
        var longer = level.plus(done, now);
        return new Yield(
                longer,
                base,
                base == null || !isSettled(longer, base) ? dropped : judged(longer, base, dropped, policy, now));
    }

    /// A look at which no worker answers is no news. Workers that answer no more are never judged: no trial waits for
    /// them.
    private Yield unheard(@Nullable Cap standing, ScalingPolicy policy, Instant now) {
        boolean over = standing != null && standing.onTrial() && (level == null || !level.isRecent(policy, now));
        return new Yield(level, base, over ? null : standing);
    }

    /// The base for what comes, now that a level has ended.
    private @Nullable Level rebased(Instant now) {
        var young = base != null && base.last().plus(OLD).isAfter(now) ? base : null;
        if (level == null || level.ended() < BASE_RUNS || level.seconds() < level.longest()) {
            return young;
        }
        return young == null || level.pods() < young.pods() || level.speedAgainst(young) >= AS_QUICK ? level : young;
    }

    private static @Nullable Cap judged(Level now, Level base, @Nullable Cap cap, ScalingPolicy policy, Instant at) {
        double brought = now.slots() * now.speedAgainst(base);
        if (cap != null && !cap.onTrial()) {
            boolean wrong = now.pods() <= cap.pods() && brought < WRONG * cap.brought();
            return wrong ? Cap.mistaken(at, cap.pause()) : cap;
        }
        // on trial it is measured by what it brought when it was held
        int slots = policy.slotsPerReplica();
        double fromSlots = cap == null ? base.slots() : (double) cap.pods() * slots;
        double from = cap == null ? base.slots() : cap.brought();
        double grown = now.slots() / fromSlots;
        if (grown >= GROWN && brought / from - 1 < PAYS * (grown - 1)) {
            var pause = cap == null ? policy.retryGrowthAfter() : longer(cap.pause());
            int pods = (int) Math.max(1, Math.ceil(brought / slots));
            var settled = at.plusSeconds((long) Math.ceil(settles(now)));
            return new Cap(pods, brought, at.plus(pause), pause, settled, false);
        }
        return grown >= GROWN ? null : cap;
    }

    private static boolean isSettled(Level level, Level base) {
        return level.ended() >= JUDGED_RUNS
                && level.seconds() <= JUDGED_WITHIN
                && level.seconds() >= Math.max(settles(level), LONGEST_TASKS * base.longest());
    }

    private static double settles(Level level) {
        return Math.max(SETTLED_SECONDS, SETTLED_TASKS * level.busySeconds() / level.ended());
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
