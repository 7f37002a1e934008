package dev.jtask.worker.settle;

import dev.jtask.worker.run.Delivery;

/// Hears of what no task listener does: messages that are no task, and results that nobody got.
public interface Misses {

    /// The message was no task, and is with the dead letters.
    void malformed(Delivery delivery);

    /// The reply queue is gone, and with it whoever waited.
    void unroutable(Addressee to);

    /// The result was given up.
    void givenUp(Addressee to, String why);
}
