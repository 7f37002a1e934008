package dev.jtask.worker.registry;

/// The arguments of a message do not fit the task's parameters.
public final class BadArgumentsException extends Exception {

    /// What senders and headers are told is no longer than a page, whatever the message holds.
    private static final int LIMIT = 1000;

    BadArgumentsException(String message) {
        super(message.length() <= LIMIT ? message : message.substring(0, LIMIT) + "…");
    }
}
