package dev.jtask.broker;

import org.jspecify.annotations.Nullable;

/// The broker did not say that it has the message: it may be in the queue, and sending it again may double it.
public final class PublishNotConfirmedException extends PublishException {

    PublishNotConfirmedException(String to, String cause) {
        super("publishing to '%s' was not confirmed: %s".formatted(to, cause));
    }

    PublishNotConfirmedException(String to, @Nullable String what, @Nullable Throwable cause) {
        super("publishing to '%s' was not confirmed: %s".formatted(to, what), cause);
    }

    private PublishNotConfirmedException(PublishNotConfirmedException there) {
        super(there);
    }

    @Override
    PublishException here() {
        return new PublishNotConfirmedException(this);
    }
}
