package dev.jtask.broker;

import dev.jtask.protocol.message.Route;

/// The broker had no queue for the message and returned it: nothing was sent.
public final class UnroutableException extends PublishException {

    /// @param reply the broker's words
    public UnroutableException(Route route, String reply) {
        super(
                route.isQueue()
                        ? "no queue named '%s' (broker: %s); declare it, start a worker for it, or correct the name"
                                .formatted(route.routingKey(), reply)
                        : "exchange '%s' routes '%s' to no queue (broker: %s); bind one"
                                .formatted(route.exchange(), route.routingKey(), reply));
    }

    private UnroutableException(UnroutableException there) {
        super(there);
    }

    @Override
    PublishException here() {
        return new UnroutableException(this);
    }
}
