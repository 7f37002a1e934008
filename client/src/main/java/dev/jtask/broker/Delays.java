package dev.jtask.broker;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Connection;
import dev.jtask.protocol.topology.DelayTopology;
import java.io.IOException;

/// Declares the queues and exchanges through which delayed messages fall; each call has a channel of its own, since a
/// refusal closes it.
public final class Delays {

    private Delays() {}

    /// @throws IOException when the broker refuses
    public static void declare(Connection connection) throws IOException {
        Channels.on(connection, channel -> {
            for (var level : DelayTopology.levels()) {
                channel.exchangeDeclare(level.name(), BuiltinExchangeType.TOPIC, true);
            }
            channel.exchangeDeclare(DelayTopology.EXIT, BuiltinExchangeType.TOPIC, true);
            for (var level : DelayTopology.levels()) {
                channel.queueDeclare(level.name(), true, false, false, level.queueArguments());
                channel.queueBind(level.name(), level.name(), level.waitingKey());
                channel.exchangeBind(level.below(), level.name(), level.passingKey());
            }
        });
    }

    /// Lets delayed messages for this queue out.
    ///
    /// @throws IOException when the broker refuses, or there is no such queue
    public static void bind(Connection connection, String queue) throws IOException {
        Channels.on(
                connection, channel -> channel.queueBind(queue, DelayTopology.EXIT, DelayTopology.bindingKey(queue)));
    }
}
