package dev.jtask.simulator.world;

import java.util.ArrayDeque;

/// One queue of the broker with its counters.
final class Backlog {

    private final ArrayDeque<Integer> ready = new ArrayDeque<>();
    private long unacked;
    private long published;
    private long acked;
    private long delivered;

    long ready() {
        return ready.size();
    }

    void arrive(int task, boolean counted) {
        ready.addLast(task);
        if (counted) {
            published++;
        }
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    int deliver() {
        unacked++;
        delivered++;
        return ready.removeFirst();
    }

    void requeue(int task) {
        unacked--;
        ready.addFirst(task);
    }

    void settle(boolean acknowledged) {
        unacked--;
        if (acknowledged) {
            acked++;
        }
    }

    void restart() {
        published = 0;
        acked = 0;
        delivered = 0;
    }

    Depth depth() {
        return new Depth(ready.size(), unacked);
    }

    Counters counters() {
        return new Counters(published, acked, delivered);
    }

    /// @param ready messages that wait
    /// @param unacked messages that workers hold
    public record Depth(long ready, long unacked) {}

    /// Since the broker started.
    public record Counters(long published, long acked, long delivered) {}
}
