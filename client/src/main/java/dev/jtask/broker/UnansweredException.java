package dev.jtask.broker;

import java.io.IOException;

/// The broker says nothing of one queue, whose node is away perhaps, while it answers for others.
public final class UnansweredException extends IOException {

    private static final long serialVersionUID = 1L;

    UnansweredException(String message) {
        super(message);
    }
}
