package dev.jtask.simulator.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/// Simulated time: what is to happen, in its order.
final class Events {

    private record Event(double at, long order, Runnable action) {}

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::order));
    private double now;
    private long order;

    double now() {
        return now;
    }

    void at(double moment, Runnable action) {
        queue.add(new Event(Math.max(moment, now), order++, action));
    }

    /// Repeats from a moment on.
    void every(double first, double interval, Runnable action) {
        at(first, () -> {
            action.run();
            every(now + interval, interval, action);
        });
    }

    /// Lets time pass to a moment, the moment included.
    void runUntil(double moment) {
        for (var next = queue.peek(); next != null && next.at() <= moment; next = queue.peek()) {
            queue.remove();
            now = next.at();
            next.action().run();
        }
        now = moment;
    }
}
