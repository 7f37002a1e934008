package dev.jtask.autoscaler;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A sample laid beside what was known: totals advanced, rates and service time derived.
///
/// @param backlog messages that wait
/// @param inFlight slots that are busy: unacknowledged messages, but not those that wait in a worker's prefetch window
/// @param unacked all unacknowledged messages
/// @param sinceArrival seconds without an arrival
record Observation(
        PoolState state, long backlog, long inFlight, long unacked, double arrivalRate, double sinceArrival) {

    private static final double ENOUGH_ACKS = 3;

    /// @return empty when the broker does not give the depth of every queue
    static Optional<Observation> of(PoolState before, Sample.Seen sample, ScalingPolicy policy, Instant now) {
        long backlog = 0;
        long inFlight = 0;
        long unacked = 0;
        double arrivals = 0;
        double acked = 0;
        var counters = new HashMap<String, PoolState.Counters>();
        for (var queue : sample.queues()) {
            if (queue.ready().isEmpty() || queue.unacked().isEmpty()) {
                return Optional.empty();
            }
            backlog += queue.ready().getAsLong();
            unacked += queue.unacked().getAsLong();
            long slots = queue.consumers().orElse(Long.MAX_VALUE / policy.slotsPerReplica()) * policy.slotsPerReplica();
            inFlight += Math.min(queue.unacked().getAsLong(), slots);
            var fresh = new PoolState.Counters(
                    queue.published().orElse(0), queue.acked().orElse(0));
            counters.put(queue.name(), fresh);
            // at the first look a counter says nothing of a rate
            var old = before.counters().getOrDefault(queue.name(), fresh);
            if (!fresh.restartedSince(old)) {
                arrivals += (double) (fresh.published() - old.published());
                acked += (double) (fresh.acked() - old.acked());
            }
        }
        var advanced = advance(before, sample, counters, new Growth(arrivals, acked, inFlight), now);
        double since =
                advanced.lastArrival().map(at -> History.seconds(at, now)).orElse(Double.POSITIVE_INFINITY);
        return Optional.of(new Observation(
                advanced, backlog, inFlight, unacked, History.arrivalRate(advanced.history(), now), since));
    }

    private record Growth(double arrivals, double acked, double busy) {}

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
        var lastAck =
                growth.acked() > 0 || growth.busy() == 0 || before.lastAck().isEmpty()
                        ? Optional.of(now)
                        : before.lastAck();
        return new PoolState(
                counters,
                history,
                busySeconds(before, history, History.seconds(lastAck.get(), now)),
                sample.startupSeconds().isPresent()
                        ? Optional.of(sample.startupSeconds().getAsDouble())
                        : before.startupSeconds(),
                growth.arrivals() > 0 ? Optional.of(now) : before.lastArrival(),
                lastAck,
                before.recommendations(),
                before.lastScaleDown());
    }

    /// Little's law over the history: busy slot-seconds for each task acknowledged. Without an acknowledgement a task
    /// has been busy at least as long as none came: no throughput is never read as an infinite one.
    private static Optional<Double> busySeconds(PoolState before, List<History.Point> history, double sinceAck) {
        var first = history.getFirst();
        var last = history.getLast();
        double tasks = last.acked() - first.acked();
        if (tasks >= ENOUGH_ACKS) {
            return Optional.of(Math.max(1e-4, (last.busy() - first.busy()) / tasks));
        }
        double known = before.busySeconds().orElse(0.0);
        return sinceAck > Math.max(known, Need.ASSUMED_BUSY_SECONDS) ? Optional.of(sinceAck) : before.busySeconds();
    }
}
