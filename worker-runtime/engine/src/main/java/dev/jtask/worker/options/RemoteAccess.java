package dev.jtask.worker.options;

/// What Celery's remote control may do with a worker. Whoever may publish to its exchange is heard.
public enum RemoteAccess {
    /// Everything that Celery's workers do.
    FULL,
    /// Questions only; a command that changes something is answered with a refusal.
    INSPECT,
    /// Nothing: the worker has no mailbox.
    OFF
}
