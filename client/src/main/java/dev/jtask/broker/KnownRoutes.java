package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import dev.jtask.protocol.message.Route;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Makes sure of a queue or an exchange before the first message to it, once for each. Safe for any thread.
///
/// Celery's producers declare their queue, and so do we. An exchange is only looked for: nobody here knows its type,
/// and to publish to one that is not there would end the channel for everybody.
public final class KnownRoutes {

    private final Connection connection;
    private final Set<Route> known = ConcurrentHashMap.newKeySet();
    private final ReentrantLock turn = new ReentrantLock();

    public KnownRoutes(Connection connection) {
        this.connection = connection;
    }

    /// @throws IOException naming the queue or exchange when it is not there and may not be declared
    public void ensure(Route route) throws IOException {
        if (known.contains(route)) {
            return;
        }
        // each look takes a channel, of which a connection has some two thousand, and there may be more threads
        turn.lock();
        try {
            if (known.contains(route)) {
                return;
            }
            if (route.isQueue()) {
                Queues.ensure(connection, route.routingKey());
            } else {
                Queues.requireExchange(connection, route.exchange());
            }
            known.add(route);
        } finally {
            turn.unlock();
        }
    }

    /// To be made sure of anew: a publish failed, and perhaps since somebody deleted it.
    void forget(Route route) {
        known.remove(route);
    }

    /// To be made sure of anew, all of them: the broker that comes back may be an empty one.
    void forgetAll() {
        known.clear();
    }
}
