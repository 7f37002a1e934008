package dev.jtask.client;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.OversizedException;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A broker's queues, read by hand. While they are looked at, nobody else sees their messages.
final class AmqpLetters implements Letters {

    private final Connection connection;

    AmqpLetters(Connection connection) {
        this.connection = connection;
    }

    /// What is not acknowledged is back in its place when this returns.
    @Override
    public void each(String queue, Visit visit, Consumer<OversizedException> unread) throws IOException {
        try {
            var channel = Channels.open(connection);
            try {
                for (var got : everything(channel, queue)) {
                    if (look(got, visit, unread) == Then.GOES) {
                        channel.basicAck(got.getEnvelope().getDeliveryTag(), false);
                    }
                }
            } finally {
                putBack(channel, queue);
                Channels.close(channel);
            }
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        } catch (IOException e) {
            throw new IOException("is it declared? (%s)".formatted(Queues.reason(e)), e);
        }
    }

    private static Then look(GetResponse got, Visit visit, Consumer<OversizedException> unread) {
        WireMessage message;
        try {
            message = AmqpMessages.fromAmqp(got.getProps(), got.getBody());
        } catch (OversizedException e) {
            unread.accept(e);
            return Then.STAYS;
        }
        return visit.at(message);
    }

    /// Taken before the first visit: a message that is sent back and dies again is not met twice.
    private static List<GetResponse> everything(Channel channel, String queue) throws IOException {
        var all = new ArrayList<GetResponse>();
        for (var got = channel.basicGet(queue, false); got != null; got = channel.basicGet(queue, false)) {
            all.add(got);
        }
        return all;
    }

    private static void putBack(Channel channel, String queue) throws IOException {
        if (channel.isOpen()) {
            channel.basicNack(0, true, true);
            // an answer from the queue: closing alone would put the messages back some time later
            channel.queueDeclarePassive(queue);
        }
    }
}
