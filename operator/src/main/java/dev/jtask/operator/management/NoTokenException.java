package dev.jtask.operator.management;

import com.rabbitmq.http.client.HttpException;

/// The authorization server gave no token, so that the broker was not asked.
final class NoTokenException extends HttpException {

    private static final long serialVersionUID = 1L;

    /// @param cause says why
    NoTokenException(Throwable cause) {
        super(cause);
    }
}
