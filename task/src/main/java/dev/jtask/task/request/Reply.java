package dev.jtask.task.request;

/// What becomes of a task's result.
public enum Reply {
    /// It comes back to the client.
    EXPECTED,
    /// It is stored where the worker stores results, but not sent back.
    OFF,
    /// The worker neither stores nor sends it.
    IGNORED
}
