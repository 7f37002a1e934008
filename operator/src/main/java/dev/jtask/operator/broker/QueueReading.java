package dev.jtask.operator.broker;

import java.util.OptionalLong;

/// What the management API said of one queue; what it did not say is empty, which is never zero.
///
/// @param name the queue
/// @param ready messages waiting
/// @param unacked messages delivered and not yet acknowledged
/// @param consumers open consumers
/// @param published messages that reached the queue since the broker's statistics began
/// @param acked messages acknowledged
public record QueueReading(
        String name,
        OptionalLong ready,
        OptionalLong unacked,
        OptionalLong consumers,
        OptionalLong published,
        OptionalLong acked) {

    /// A queue that exists and of which nothing else is known yet.
    public static QueueReading unknown(String name) {
        var none = OptionalLong.empty();
        return new QueueReading(name, none, none, none, none, none);
    }
}
