package dev.jtask.task;

/// Ends a run whose task waits for a signal; the task runs again from its beginning when that comes. It is no failure,
/// and nothing is told of it: let it pass. An error, so that what catches exceptions does not take it for one.
public final class SignalAwaitedError extends Error {

    /// For the execution pipeline.
    public SignalAwaitedError(String signal) {
        super("the task waits for signal '%s'".formatted(signal), null, false, false);
    }
}
