package dev.jtask.worker.registry;

import dev.jtask.protocol.text.Beginning;

/// The arguments of a message do not fit the task's parameters.
public final class BadArgumentsException extends Exception {

    /// What senders and headers are told is no longer than a page, whatever the message holds.
    private static final int LIMIT = 1000;

    BadArgumentsException(String message) {
        super(Beginning.of(message, LIMIT));
    }
}
