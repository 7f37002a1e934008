package dev.jtask.broker;

import org.jspecify.annotations.Nullable;

/// The broker, or AMQP itself, does not take this message and never will: it is too large, its exchange is missing, the
/// login may not publish there, or it cannot be written. Nothing was sent.
public final class PublishRefusedException extends PublishException {

    PublishRefusedException(String to, @Nullable String why) {
        super("the message to '%s' is refused: %s".formatted(to, why));
    }

    PublishRefusedException(String to, @Nullable String why, Throwable cause) {
        super("the message to '%s' is refused: %s".formatted(to, why), cause);
    }

    private PublishRefusedException(PublishRefusedException there) {
        super(there);
    }

    @Override
    PublishException here() {
        return new PublishRefusedException(this);
    }
}
