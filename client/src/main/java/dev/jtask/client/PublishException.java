package dev.jtask.client;

/// A message that is not, or not surely, in its queue.
public sealed class PublishException extends RuntimeException
        permits UnroutableException, PublishNotConfirmedException {

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }

    PublishException(String message) {
        super(message);
    }
}
