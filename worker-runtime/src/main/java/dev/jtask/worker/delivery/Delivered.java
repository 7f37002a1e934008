package dev.jtask.worker.delivery;

import dev.jtask.worker.execution.Received;
import java.time.Instant;

/// A delivery that waits for a slot or holds one, with the one through which it is settled.
///
/// @param preference position of its queue in the worker's list, 0 first
/// @param order in which it arrived
record Delivered(Received received, long tag, Acknowledger acknowledger, int preference, long order)
        implements Comparable<Delivered> {

    Delivered withTurn(Instant turn) {
        return new Delivered(received.withTurn(turn), tag, acknowledger, preference, order);
    }

    @Override
    public int compareTo(Delivered other) {
        int byQueue = Integer.compare(preference, other.preference);
        return byQueue != 0 ? byQueue : Long.compare(order, other.order);
    }
}
