package dev.jtask.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rates from totals. The broker's own rate fields are wrong too often (rabbitmq-server#8418), its counters are not.
final class History {

    /// How far back rates look. Long enough for several of the broker's 5 s statistics intervals.
    static final Duration SPAN = Duration.ofSeconds(60);

    private static final int BUCKETS = 6;
    private static final double BUCKET_SECONDS = 5;

    private History() {}

    /// Totals at a moment.
    ///
    /// @param arrivals messages published
    /// @param acked messages acknowledged
    /// @param busy slot-seconds spent on tasks
    public record Point(Instant at, double arrivals, double acked, double busy) {}

    static List<Point> with(List<Point> history, Point point) {
        var kept = new ArrayList<Point>(history.size() + 1);
        for (var old : history) {
            if (!old.at().isBefore(point.at().minus(SPAN))) {
                kept.add(old);
            }
        }
        kept.add(point);
        return kept;
    }

    /// Arrivals per second over the last 30 s without the busiest 5 s of them: a burst is backlog, which has a term of
    /// its own, and must not be taken for a rate as well.
    static double arrivalRate(List<Point> history, Instant now) {
        var buckets = new double[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] =
                    arrivalsAt(history, now, i * BUCKET_SECONDS) - arrivalsAt(history, now, (i + 1) * BUCKET_SECONDS);
        }
        Arrays.sort(buckets);
        return Arrays.stream(buckets, 0, BUCKETS - 1).sum() / ((BUCKETS - 1) * BUCKET_SECONDS);
    }

    /// The total so many seconds ago, on the straight line between the points around it.
    private static double arrivalsAt(List<Point> history, Instant now, double secondsAgo) {
        var wanted = now.minusMillis(Math.round(secondsAgo * 1000));
        var before = history.getFirst();
        for (var point : history) {
            if (point.at().isAfter(wanted)) {
                double gap = seconds(before.at(), point.at());
                double share = gap <= 0 ? 0 : Math.clamp(seconds(before.at(), wanted) / gap, 0, 1);
                return before.arrivals() + share * (point.arrivals() - before.arrivals());
            }
            before = point;
        }
        return before.arrivals();
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
