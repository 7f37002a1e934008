package dev.jtask.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// The largest of the numbers that there were in a stretch of time.
final class Lately {

    private record Point(Instant at, int number) {}

    private final Deque<Point> points = new ArrayDeque<>();
    private final Duration stretch;

    Lately(Duration stretch) {
        this.stretch = stretch;
    }

    /// @return more than any number while the stretch was not watched whole
    int largest(int number, Instant now) {
        while (!points.isEmpty() && points.getLast().at().isAfter(now)) {
            points.removeLast(); // the clock was put back
        }
        var begin = now.minus(stretch);
        points.addLast(new Point(now, number));
        boolean whole = false;
        // the last one before it stays: it was so up to the next
        while (!points.getFirst().at().isAfter(begin)) {
            whole = true;
            var before = points.removeFirst();
            if (points.isEmpty() || points.getFirst().at().isAfter(begin)) {
                points.addFirst(before);
                break;
            }
        }
        return whole ? points.stream().mapToInt(Point::number).max().orElse(number) : Integer.MAX_VALUE;
    }
}
