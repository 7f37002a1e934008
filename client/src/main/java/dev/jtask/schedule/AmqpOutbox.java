package dev.jtask.schedule;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Questions;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.MessageSeal;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends in transactions over the connection that holds the lock.
final class AmqpOutbox implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpOutbox.class);

    private final Connection connection;
    private final MessageSeal seal;
    private final Questions questions;
    private Channel channel;
    private volatile @Nullable String returned;
    private volatile boolean noteReturned;

    AmqpOutbox(Connection connection, MessageSeal seal) throws IOException {
        this.connection = connection;
        this.seal = seal;
        this.questions = new Questions(connection);
        this.channel = open();
    }

    @Override
    public boolean send(Route route, List<WireMessage> tasks, LastRuns note) throws IOException {
        if (!channel.isOpen()) {
            channel = open();
        }
        returned = null;
        noteReturned = false;
        // all before the first: what is published stays in the transaction when the next cannot be
        var closed = tasks.stream().map(seal::close).toList();
        if (!tasks.isEmpty()) {
            // each time: a queue that was deleted meanwhile comes back
            questions.see(route.name(), () -> Queues.ensure(connection, route));
        }
        ensure(note);
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
        return !noteReturned;
    }

    /// Each time as well. Where it cannot be had the tasks are sent nevertheless.
    private void ensure(LastRuns note) throws IOException {
        try {
            note.ensure(connection);
        } catch (IOException e) {
            if (!connection.isOpen() || Channels.isSilent(e)) {
                throw e;
            }
            LOG.debug("the last runs cannot be kept", e);
        }
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    private Channel open() throws IOException {
        var opened = connection.createChannel();
        opened.addReturnListener(message -> {
            if (LastRuns.isNote(message)) {
                noteReturned = true;
            } else {
                returned = message.getReplyText();
            }
        });
        opened.txSelect();
        return opened;
    }
}
