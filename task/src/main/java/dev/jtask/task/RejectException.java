package dev.jtask.task;

/// Thrown by a task that does not want its message: `throw context.reject("no such order")`.
public final class RejectException extends RuntimeException {

    /// What becomes of the message.
    public enum Then {
        /// It goes to the dead letters, or is dropped where there are none.
        DEAD_LETTER,
        /// Another worker, or this one again, gets it.
        REQUEUE
    }

    private final Then then;

    RejectException(String reason, Then then) {
        super(reason);
        this.then = then;
    }

    /// What becomes of the message.
    public Then then() {
        return then;
    }
}
