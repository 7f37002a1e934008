package dev.jtask.protocol.message;

/// Where a message is published.
///
/// @param exchange empty for the default exchange, where the routing key is the queue's name
public record Route(String exchange, String routingKey) {

    /// Through the default exchange, which routes each queue's name to it.
    public static Route toQueue(String queue) {
        return new Route("", queue);
    }

    /// Whether the routing key is a queue's name.
    public boolean isQueue() {
        return exchange.isEmpty();
    }

    /// How errors name it: the queue, or `exchange/key`.
    public String name() {
        return isQueue() ? routingKey : exchange + "/" + routingKey;
    }
}
