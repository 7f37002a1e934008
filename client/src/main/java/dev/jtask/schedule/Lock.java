package dev.jtask.schedule;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.Publisher;
import dev.jtask.broker.Queues;
import dev.jtask.broker.UnroutableException;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The right to send for one scheduler name: an exclusive queue, which the broker gives to one connection and takes
/// back when that connection ends, not before.
final class Lock {

    private static final long ANSWER_SECONDS = 10;
    private static final WireMessage KNOCK =
            new WireMessage(WireProperties.json(WireProperties.TRANSIENT, Map.of()), new byte[0]);

    private final Connection connection;
    private final Publisher door;
    private final String queue;

    private Lock(Connection connection, Publisher door, String queue) {
        this.connection = connection;
        this.door = door;
        this.queue = queue;
    }

    static Lock on(Connection connection, String scheduler) throws IOException {
        return new Lock(connection, Publisher.on(connection), "jtask.schedule.%s.lock".formatted(scheduler));
    }

    /// Takes it if nobody has it; whether it did.
    boolean take() throws IOException, InterruptedException {
        // the broker logs each declaration that it refuses as an error, so see first whether the queue is there
        return !isTaken() && declare();
    }

    private boolean isTaken() throws IOException, InterruptedException {
        try {
            door.publish("", queue, KNOCK).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnroutableException) {
                return false;
            }
            throw new IOException("queue '%s': %s".formatted(queue, e.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the broker does not say within %d s whether queue '%s' is there".formatted(ANSWER_SECONDS, queue),
                    e);
        }
    }

    private boolean declare() throws IOException {
        try {
            // knocks are not kept
            connection.createChannel().queueDeclare(queue, false, true, false, Map.of("x-max-length", 0));
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
}
