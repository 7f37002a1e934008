package dev.jtask.worker.celery.control;

/// The worker's size and its end.
public interface LifeControl {

    /// The most slots that a worker may have.
    int MOST_SLOTS = 10_000;

    /// How much it does at once.
    ///
    /// @param slots tasks that may run
    /// @param busy tasks that run now
    /// @param prefetch messages that it may hold
    record Vitals(int slots, int busy, int prefetch) {}

    Vitals vitals();

    /// @param slots from 1 to [#MOST_SLOTS]
    void resize(int slots);

    /// Begins to drain, and returns at once; a second time changes nothing.
    void shutDown();
}
