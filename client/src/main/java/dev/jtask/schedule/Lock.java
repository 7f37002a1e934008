package dev.jtask.schedule;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.Queues;
import dev.jtask.broker.Sender;
import dev.jtask.broker.UnroutableException;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to send for one scheduler name: an exclusive queue, which the broker gives to one connection and takes
/// back when that connection ends, not before.
final class Lock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lock.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final WireMessage KNOCK =
            new WireMessage(WireProperties.json(WireProperties.TRANSIENT, Map.of()), new byte[0]);

    private final Connection connection;
    private final Sender door;
    private final String queue;

    private Lock(Connection connection, Sender door, String queue) {
        this.connection = connection;
        this.door = door;
        this.queue = queue;
    }

    static Lock on(Connection connection, String scheduler) {
        return new Lock(connection, Sender.on(connection), "jtask.schedule.%s.lock".formatted(scheduler));
    }

    /// Takes it if nobody has it; whether it did.
    boolean take() throws IOException, InterruptedException {
        // the broker logs each declaration that it refuses as an error, so see first whether the queue is there
        return !isTaken() && declare();
    }

    private boolean isTaken() throws IOException, InterruptedException {
        try {
            door.send(Parcel.reply(queue, KNOCK), Patience.none(ANSWER)).get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnroutableException) {
                return false;
            }
            throw new IOException("queue '%s': %s".formatted(queue, e.getMessage()), e);
        }
    }

    /// Knocks no more; the lock is the connection's.
    @Override
    public void close() {
        door.close(Duration.ZERO);
    }

    private boolean declare() throws IOException {
        try {
            var channel = Channels.open(connection);
            // knocks are not kept
            channel.queueDeclare(queue, false, true, false, Map.of("x-max-length", 0));
            // what is not consumed expires by a policy, though its connection is there
            channel.basicConsume(queue, true, new Loss(channel));
            return true;
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.RESOURCE_LOCKED) {
                return false;
            }
            throw new IOException("cannot take the lock '%s': %s".formatted(queue, Queues.reason(e)), e);
        }
    }

    /// Hears when the queue is deleted under its holder, who then must not go on.
    private final class Loss extends DefaultConsumer {

        Loss(Channel channel) {
            super(channel);
        }

        @Override
        public void handleCancel(String tag) {
            LOG.warn("the lock '{}' was deleted; its holder begins anew", queue);
            // not on the thread by which the connection ends
            BrokerConnections.abortAside(connection);
        }
    }
}
