package dev.jtask.worker.run;

/// How the broker hears what became of a delivery. Only the first settlement counts, and once the broker has
/// taken the message back it hears of none; neither call blocks.
public interface Receipt {

    void settle(Disposition how);

    /// Whether the broker has taken the message back before it was settled: its connection is gone.
    boolean isLost();

    /// Whether its message is not this worker's any more: it is settled, or lost.
    default boolean isOver() {
        return isLost();
    }

    /// Its ending waits for the result store: others would wait for that as well, and get no room from it.
    default void waitsForStore(boolean waits) {}
}
