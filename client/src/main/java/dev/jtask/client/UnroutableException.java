package dev.jtask.client;

/// The broker had no queue for the message and returned it: nothing was sent.
public final class UnroutableException extends PublishException {

    UnroutableException(String exchange, String routingKey, String reply) {
        super(
                exchange.isEmpty()
                        ? "no queue named '%s' (broker: %s); declare it, start a worker for it, or correct the name"
                                .formatted(routingKey, reply)
                        : "exchange '%s' routes '%s' to no queue (broker: %s); bind one"
                                .formatted(exchange, routingKey, reply));
    }
}
