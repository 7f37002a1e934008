package dev.jtask.schedule;

import java.io.IOException;

/// The broker says neither yes nor no for one queue, and answers for others.
final class UnconfirmedException extends IOException {

    private static final long serialVersionUID = 1L;

    UnconfirmedException(String queue) {
        super(
                "the broker answers for others, but confirms nothing for '%s'; has the queue a leader, and most of its members?"
                        .formatted(queue));
    }
}
