package dev.jtask.client;

import com.rabbitmq.client.Connection;
import dev.jtask.protocol.Route;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Makes sure of a queue or an exchange before the first message to it, once for each. Safe for any thread.
///
/// Celery's producers declare their queue, and so do we. An exchange is only looked for: nobody here knows its type,
/// and
/// to publish to one that is not there would end the channel for everybody.
public final class KnownRoutes {

    private final Connection connection;
    private final Set<Route> known = ConcurrentHashMap.newKeySet();

    public KnownRoutes(Connection connection) {
        this.connection = connection;
    }

    /// @throws IOException naming the queue or exchange when it is not there and may not be declared
    public void ensure(Route route) throws IOException {
        if (known.contains(route)) {
            return;
        }
        if (route.isQueue()) {
            Queues.ensure(connection, route.routingKey());
        } else {
            Queues.requireExchange(connection, route.exchange());
        }
        known.add(route);
    }
}
