package dev.jtask.worker.delivery;

/// Hears of what comes from the broker besides tasks that run.
public interface Traffic {

    /// A message came that a worker had before.
    void redelivered();

    /// A connection was lost.
    void reconnected();
}
