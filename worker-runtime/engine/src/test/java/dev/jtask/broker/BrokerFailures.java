package dev.jtask.broker;

import dev.jtask.protocol.message.Route;

/// What a sender fails with, for tests of those who send.
public final class BrokerFailures {

    private BrokerFailures() {}

    /// It will not be taken the next time either.
    public static PublishException refused(String why) {
        return new PublishRefusedException("there", why);
    }

    /// Nobody reads there any more.
    public static PublishException unroutable(String queue) {
        return new UnroutableException(Route.toQueue(queue), "NO_ROUTE");
    }

    /// It takes nothing at the moment.
    public static PublishException full(String queue) {
        return PublishNotConfirmedException.nacked(queue);
    }

    /// The sender has given up.
    public static PublishException notConfirmed(String why) {
        return new PublishNotConfirmedException("there", why);
    }
}
