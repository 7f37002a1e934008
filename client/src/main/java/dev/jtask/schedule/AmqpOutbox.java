package dev.jtask.schedule;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Questions;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.MessageSeal;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends in transactions over the connection that holds the lock.
final class AmqpOutbox implements Outbox {

    private final Connection connection;
    private final MessageSeal seal;
    private final Questions questions;
    private Channel channel;
    private volatile @Nullable String returned;

    AmqpOutbox(Connection connection, MessageSeal seal) throws IOException {
        this.connection = connection;
        this.seal = seal;
        this.questions = new Questions(connection);
        this.channel = open();
    }

    @Override
    public void send(Route route, List<WireMessage> tasks, LastRuns note) throws IOException {
        if (!channel.isOpen()) {
            channel = open();
        }
        returned = null;
        // all before the first: what is published stays in the transaction when the next cannot be
        var closed = tasks.stream().map(seal::close).toList();
        if (!tasks.isEmpty()) {
            // each time: a queue that was deleted meanwhile comes back
            questions.ask(route.name(), () -> {
                Queues.ensure(connection, route);
                return true;
            });
        }
        for (var task : closed) {
            var properties = AmqpMessages.toAmqp(task.properties()).build();
            channel.basicPublish(route.exchange(), route.routingKey(), true, properties, task.body());
        }
        note.publish(channel);
        channel.txCommit();
        var reply = returned;
        if (reply != null) {
            throw new IOException("no queue takes it (broker: %s)".formatted(reply));
        }
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    private Channel open() throws IOException {
        var opened = connection.createChannel();
        opened.addReturnListener(message -> returned = message.getReplyText());
        opened.txSelect();
        return opened;
    }
}
