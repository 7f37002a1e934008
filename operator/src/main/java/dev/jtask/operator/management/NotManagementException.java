package dev.jtask.operator.management;

import com.rabbitmq.http.client.HttpException;
import org.jspecify.annotations.Nullable;

/// An answer that no management API gives: what it says of queues and vhosts means nothing.
final class NotManagementException extends HttpException {

    private static final long serialVersionUID = 1L;

    /// @param message what is odd about the answer
    NotManagementException(String message, @Nullable Throwable cause) {
        super(message);
        initCause(cause);
    }
}
