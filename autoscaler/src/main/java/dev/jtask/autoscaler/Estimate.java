package dev.jtask.autoscaler;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sample laid beside what was known: totals advanced, rates and service time derived.
///
/// @param backlog messages that wait
/// @param inFlight slots that are busy: unacknowledged messages, but not those that wait in a worker's prefetch window
/// @param unacked all unacknowledged messages
/// @param sinceArrival seconds without an arrival
record Estimate(PoolState state, long backlog, long inFlight, long unacked, double arrivalRate, double sinceArrival) {

    private static final double ENOUGH_ACKS = 3;

    /// @return empty when the broker does not give the depth of every queue
    static Optional<Estimate> of(PoolState before, Sample.Seen sample, ScalingPolicy policy, Instant now) {
        long backlog = 0;
        long inFlight = 0;
        long unacked = 0;
        double arrivals = 0;
        double acked = 0;
        var counters = new HashMap<String, PoolState.Counters>();
        for (var queue : sample.queues()) {
            var ready = queue.ready();
            var held = queue.unacked();
            if (ready == null || held == null) {
                return Optional.empty();
            }
            backlog += ready;
            unacked += held;
            inFlight += Math.min(held, slots(queue, policy));
            var fresh = new PoolState.Counters(
                    Objects.requireNonNullElse(queue.published(), 0L), Objects.requireNonNullElse(queue.acked(), 0L));
            counters.put(queue.name(), fresh);
            // at the first look a counter says nothing of a rate
            var old = before.counters().getOrDefault(queue.name(), fresh);
            if (!fresh.restartedSince(old)) {
                arrivals += (double) (fresh.published() - old.published());
                acked += (double) (fresh.acked() - old.acked());
            }
        }
        var advanced = advance(before, sample, counters, new Growth(arrivals, acked, inFlight), now);
        var lastArrival = advanced.lastArrival();
        double since = lastArrival == null ? Double.POSITIVE_INFINITY : History.seconds(lastArrival, now);
        return Optional.of(new Estimate(
                advanced, backlog, inFlight, unacked, History.arrivalRate(advanced.history(), now), since));
    }

    private record Growth(double arrivals, double acked, double busy) {}

    private static long slots(QueueSample queue, ScalingPolicy policy) {
        long most = Long.MAX_VALUE / policy.slotsPerReplica();
        return Objects.requireNonNullElse(queue.consumers(), most) * policy.slotsPerReplica();
    }

    private static PoolState advance(
            PoolState before,
            Sample.Seen sample,
            Map<String, PoolState.Counters> counters,
            Growth growth,
            Instant now) {
        var last = before.history().isEmpty()
                ? new History.Point(now, 0, 0, 0)
                : before.history().getLast();
        var point = new History.Point(
                now,
                last.arrivals() + growth.arrivals(),
                last.acked() + growth.acked(),
                last.busy() + growth.busy() * Math.max(0, History.seconds(last.at(), now)));
        var history = History.with(before.history(), point);
        var known = before.lastAck();
        var lastAck = growth.acked() > 0 || growth.busy() == 0 || known == null ? now : known;
        return new PoolState(
                counters,
                history,
                busySeconds(before, history, History.seconds(lastAck, now)),
                sample.startupSeconds() != null ? sample.startupSeconds() : before.startupSeconds(),
                growth.arrivals() > 0 ? now : before.lastArrival(),
                lastAck,
                before.recommendations(),
                before.lastScaleDown());
    }

    /// Little's law over the history: busy slot-seconds for each task acknowledged. Without an acknowledgement a task
    /// has been busy at least as long as none came: no throughput is never read as an infinite one.
    private static @Nullable Double busySeconds(PoolState before, List<History.Point> history, double sinceAck) {
        var first = history.getFirst();
        var last = history.getLast();
        double tasks = last.acked() - first.acked();
        if (tasks >= ENOUGH_ACKS) {
            return Math.max(1e-4, (last.busy() - first.busy()) / tasks);
        }
        var known = before.busySeconds();
        double longest = Math.max(known == null ? 0 : known, Need.ASSUMED_BUSY_SECONDS);
        // boxed, as a conditional of a double and a null Double would unbox it
        return sinceAck > longest ? Double.valueOf(sinceAck) : known;
    }
}
