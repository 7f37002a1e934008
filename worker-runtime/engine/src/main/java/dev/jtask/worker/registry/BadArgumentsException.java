package dev.jtask.worker.registry;

/// The arguments of a message do not fit the task's parameters.
public final class BadArgumentsException extends Exception {

    BadArgumentsException(String message) {
        super(message);
    }
}
