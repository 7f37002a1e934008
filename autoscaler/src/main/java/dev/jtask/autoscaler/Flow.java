package dev.jtask.autoscaler;

import dev.jtask.autoscaler.Counters.Told;
import dev.jtask.autoscaler.History.Point;
import dev.jtask.autoscaler.QueueState.Counted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went through a queue since it was last looked at.
final class Flow {

    private Flow() {}

    /// @param busy slots that its messages keep busy, as far as the broker tells
    /// @param part of what goes through that is this pool's
    /// @param counted what was counted at this moment, null where it could not be
    /// @param ended runs of it that ended since the last look, as far as workers say
    static QueueState advance(
            QueueState before,
            QueueSample sample,
            double busy,
            @Nullable Counted counted,
            double ended,
            double part,
            Instant now) {
        var fresh = counters(sample);
        if (fresh != null) {
            return byFigures(before, sample, fresh, busy, counted, ended, part, now)
                    .counting(counted);
        }
        // counters that are not told are unknown, not zero: what is told next, or what workers ended till then, speaks
        // for this time as well
        return counted == null
                ? before
                : byCount(before, counted, ended, part, now).counting(counted);
    }

    /// What workers ended and what more there is came by some way; another consumer's part of it is not seen.
    private static QueueState byCount(
            QueueState before, @Nullable Counted counted, double ended, double part, Instant now) {
        var old = before.counted();
        if (counted == null) {
            return before;
        }
        if (old == null || before.history().isEmpty()) {
            var untold = before.counters().untold();
            return before.history().isEmpty()
                    ? begin(before, untold, 0, counted.ready() > 0, now)
                    : before.from(untold, 0);
        }
        double flowed = ended + counted.busy() - old.busy() + part * (counted.ready() - old.ready());
        var last = before.history().getLast();
        var point = new Point(now, last.published(), last.flowed() + flowed, last.acked(), last.busy());
        // the counters that come next have all of this in them as well
        return new QueueState(
                before.counters().untold(),
                0,
                0,
                History.with(before.history(), point),
                before.work(),
                before.busySeconds(),
                before.lastAck(),
                flowed > 0 ? now : before.lastArrival(),
                counted);
    }

    private static QueueState byFigures(
            QueueState before,
            QueueSample sample,
            Told fresh,
            double busy,
            @Nullable Counted counted,
            double ended,
            double part,
            Instant now) {
        // never that of this moment: messages that are gone but not yet counted, or counted but not yet there, would
        // look like a flow
        long depth = sample.depthTold();
        var old = before.counters();
        var counters = old.at(fresh);
        if (!old.areTold()) {
            // a first look says nothing of a rate
            return before.history().isEmpty()
                    ? begin(before, counters, depth, depth > 0, now)
                    : byCount(before, counted, ended, part, now).from(counters, depth);
        }
        boolean counts = !old.fallTo(fresh);
        double published = counts ? part * old.published().growthTo(fresh.published()) : 0;
        double acked = counts ? part * old.acked().growthTo(fresh.acked()) : 0;
        // a depth is told half an interval later than an acknowledgement is, so half of the acknowledgements are in it
        double flowed = counts ? (acked + before.ackedLast()) / 2 + part * (depth - before.depth()) : 0;
        var last = before.history().getLast();
        double integral = counts ? busy * Math.max(0, History.seconds(last.at(), now)) : 0;
        var point = new Point(
                now,
                last.published() + published,
                last.flowed() + flowed,
                last.acked() + acked,
                last.busy() + integral);
        var lastAck = before.lastAck();
        return new QueueState(
                counters,
                depth,
                acked,
                History.with(before.history(), point),
                before.work(),
                before.busySeconds(),
                acked > 0 || busy == 0 || lastAck == null ? now : lastAck,
                published > 0 || flowed > 0 ? now : before.lastArrival(),
                before.counted());
    }

    private static QueueState begin(QueueState before, Counters fresh, long depth, boolean arrived, Instant now) {
        return new QueueState(
                fresh,
                depth,
                0,
                List.of(new Point(now, 0, 0, 0, 0)),
                before.work(),
                before.busySeconds(),
                now,
                arrived ? now : null,
                before.counted());
    }

    /// @return null where they, or the depth that goes with them, are not told
    private static @Nullable Told counters(QueueSample sample) {
        var published = sample.published();
        var acked = sample.acked();
        return published == null || acked == null || sample.unacked() == null ? null : new Told(published, acked);
    }
}
