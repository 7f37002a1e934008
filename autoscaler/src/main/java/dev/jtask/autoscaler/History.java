package dev.jtask.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Rates from totals. The broker's own rate fields are wrong too often (rabbitmq-server#8418), its counters are not.
final class History {

    /// How far back rates look. Long enough for several of the broker's 5 s statistics intervals.
    static final Duration SPAN = Duration.ofSeconds(60);

    static final double SETTLED_SECONDS = 10;

    private static final int BUCKETS = 6;
    private static final int ENOUGH_BUCKETS = 3;
    private static final int AGREEING_BUCKETS = 3;
    private static final double ENOUGH_MESSAGES = 10;
    private static final double BUCKET_SECONDS = 5;

    private History() {}

    /// Totals at a moment, since the watching began.
    ///
    /// @param published messages published to the queue
    /// @param flowed messages that came by any way: those acknowledged and the change of the depth
    /// @param acked messages acknowledged
    /// @param busy slot-seconds as far as unacknowledged messages tell
    record Point(Instant at, double published, double flowed, double acked, double busy) {

        Point moved(Duration by) {
            return new Point(at.plus(by), published, flowed, acked, busy);
        }
    }

    /// Keeps what lies within the span and the one before it: across a gap the counters give the true mean.
    static List<Point> with(List<Point> history, Point point) {
        var horizon = point.at().minus(SPAN);
        var kept = new ArrayList<Point>(history.size() + 1);
        for (int i = 0; i < history.size(); i++) {
            var next = i + 1 < history.size() ? history.get(i + 1) : point;
            if (i + 1 == history.size() || next.at().isAfter(horizon)) {
                kept.add(history.get(i));
            }
        }
        kept.add(point);
        return kept;
    }

    /// Arrivals per second: what was published, or what the conservation of messages says when that is more, for what
    /// comes out of a delay queue or is requeued is counted by no publish.
    static double arrivalRate(List<Point> history, Instant now) {
        return Math.max(rate(history, now, Point::published), rate(history, now, Point::flowed));
    }

    /// Whether the history is longer than two statistics intervals, the age that figures may have.
    static boolean isSettled(List<Point> history) {
        return !history.isEmpty()
                && seconds(history.getFirst().at(), history.getLast().at()) >= SETTLED_SECONDS;
    }

    /// Growth per second over the last 30 s, or the time watched if that is less, without the busiest 5 s:
    /// a burst is backlog, which has a term of its own, and must not be taken for a rate as well. What each
    /// of the last three 5 s saw is no burst, though, and what none of them saw is over.
    private static double rate(List<Point> history, Instant now, ToDoubleFunction<Point> total) {
        double watched = seconds(history.getFirst().at(), now);
        int count = (int) Math.min(BUCKETS, watched / BUCKET_SECONDS);
        if (count <= 0) {
            return 0;
        }
        var buckets = new double[count];
        for (int i = 0; i < count; i++) {
            buckets[i] =
                    at(history, now, i * BUCKET_SECONDS, total) - at(history, now, (i + 1) * BUCKET_SECONDS, total);
        }
        var latest = Arrays.copyOf(buckets, Math.min(count, AGREEING_BUCKETS));
        Arrays.sort(buckets);
        int counted = count < ENOUGH_BUCKETS ? count : count - 1;
        double mean = Arrays.stream(buckets, 0, counted).sum() / counted;
        double agreed = agreed(latest, mean);
        return Math.max(0, agreed / BUCKET_SECONDS);
    }

    private static double agreed(double[] latest, double mean) {
        double least = Arrays.stream(latest).min().orElse(mean);
        // a few messages now and then agree on nothing
        return latest.length < AGREEING_BUCKETS || Math.max(mean, least) < ENOUGH_MESSAGES
                ? mean
                : Math.clamp(mean, least, Arrays.stream(latest).max().orElse(mean));
    }

    /// The total so many seconds ago, on the straight line between the points around it.
    private static double at(List<Point> history, Instant now, double secondsAgo, ToDoubleFunction<Point> total) {
        var wanted = now.minusMillis(Math.round(secondsAgo * 1000));
        var before = history.getFirst();
        for (var point : history) {
            if (point.at().isAfter(wanted)) {
                double gap = seconds(before.at(), point.at());
                double share = gap <= 0 ? 0 : Math.clamp(seconds(before.at(), wanted) / gap, 0, 1);
                double from = total.applyAsDouble(before);
                return from + share * (total.applyAsDouble(point) - from);
            }
            before = point;
        }
        return total.applyAsDouble(before);
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
