package dev.jtask.client;

/// The broker did not say that it has the message: it may be in the queue, and sending it again may double it.
public final class PublishNotConfirmedException extends PublishException {

    PublishNotConfirmedException(String routingKey, String cause) {
        super("publishing to '%s' was not confirmed: %s".formatted(routingKey, cause));
    }

    PublishNotConfirmedException(String routingKey, String what, Throwable cause) {
        super("publishing to '%s' was not confirmed: %s".formatted(routingKey, what), cause);
    }
}
