package dev.jtask.broker;

/// A message that is not, or not surely, in its queue.
public abstract sealed class PublishException extends RuntimeException
        permits UnroutableException, PublishNotConfirmedException {

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }

    PublishException(String message) {
        super(message);
    }

    PublishException(PublishException there) {
        super(there.getMessage(), there);
    }

    /// The same, with the stack of the thread that throws it.
    abstract PublishException here();
}
