package dev.jtask.task;

/// Thrown by a task that has ended and tells nobody how: no result, no event. `throw context.ignore()`.
public final class IgnoreException extends RuntimeException {

    IgnoreException() {
        super("the task ignores its result");
    }
}
