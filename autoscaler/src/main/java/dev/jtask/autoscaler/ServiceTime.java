package dev.jtask.autoscaler;

import dev.jtask.autoscaler.History.Point;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long a task keeps a slot busy.
final class ServiceTime {

    /// Taken until a task has been seen.
    static final double ASSUMED_SECONDS = 1;

    static final double LEAST_SECONDS = 1e-4;
    static final double ENOUGH_RUNS = 3;
    /// Fewer runs than these are not forgotten: a mean of some needs them.
    private static final double KEPT_RUNS = 30;
    private static final double UNSEEN_SECONDS = 30;
    private static final double FIRST_RUNS = 100;
    private static final double FORGET_SECONDS = 120;

    private ServiceTime() {}

    /// Adds what workers did. Older work weighs less, so that a new release shows.
    static Work add(Work before, Work done, double seconds) {
        if (before.equals(Work.NONE)) {
            // what was done before the watching began weighs no more than what will be seen
            return atMost(done);
        }
        var kept = before.ended() > KEPT_RUNS ? before.times(Math.exp(-seconds / FORGET_SECONDS)) : before;
        return kept.plus(done);
    }

    /// As much as is taken of what may be long ago.
    static Work atMost(Work done) {
        return done.ended() > FIRST_RUNS ? done.times(FIRST_RUNS / done.ended()) : done;
    }

    /// From the workers' own totals: time in slots over runs that ended, which is also right while some still
    /// run. Before some have ended a task takes at least as long as those that run have done.
    static @Nullable Double fromWorkers(Work work, double running, @Nullable Double known) {
        if (work.ended() >= ENOUGH_RUNS) {
            return Math.max(LEAST_SECONDS, work.busySeconds() / work.ended());
        }
        double least = work.busySeconds() / Math.max(1, running + work.ended());
        double before = known == null ? ASSUMED_SECONDS : known;
        return least > before ? Double.valueOf(least) : known;
    }

    /// From the broker alone, for workers that say nothing: Little's law over the history. Without an acknowledgement
    /// a task has been busy at least as long as none came: no throughput is never read as an infinite one.
    static @Nullable Double fromBroker(QueueState queue, Instant now) {
        var history = queue.history();
        var known = queue.busySeconds();
        if (history.isEmpty()) {
            return known;
        }
        var last = history.getLast();
        var first = firstBusy(history);
        double tasks = last.acked() - first.acked();
        // tasks too short to be seen at all take their time to be believed
        double settled = last.busy() > first.busy() ? History.SETTLED_SECONDS : UNSEEN_SECONDS;
        if (tasks >= ENOUGH_RUNS && History.seconds(first.at(), last.at()) >= settled) {
            return Math.max(LEAST_SECONDS, (last.busy() - first.busy()) / tasks);
        }
        var lastAck = queue.lastAck();
        double sinceAck = lastAck == null ? 0 : History.seconds(lastAck, now);
        double longest = Math.max(known == null ? 0 : known, ASSUMED_SECONDS);
        // boxed, as a conditional of a double and a null Double would unbox it
        return sinceAck > longest ? Double.valueOf(sinceAck) : known;
    }

    /// Acknowledgements that were told before the first slot was seen busy belong to slots that were not seen.
    private static Point firstBusy(List<Point> history) {
        for (int i = 1; i < history.size(); i++) {
            if (history.get(i).busy() > history.get(i - 1).busy()) {
                return history.get(i - 1);
            }
        }
        return history.getFirst();
    }
}
