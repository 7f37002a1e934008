package dev.jtask.operator.depth;

import java.io.IOException;

/// Nobody is there, or nobody says anything: unlike one who refuses us, whoever is there next may let us in.
final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    NoAnswerException(String message) {
        super(message);
    }
}
