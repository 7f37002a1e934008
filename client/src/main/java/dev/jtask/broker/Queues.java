package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.message.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure that a queue is there, the way Celery does, and never changes one that is.
public final class Queues {

    private static final Logger LOG = LoggerFactory.getLogger(Queues.class);

    private static final int LONGEST_NAME = 255;

    /// Quorum queues drop by themselves what was looked at 20 times, from RabbitMQ 4.0 on.
    private static final Map<String, Object> KEPT = Map.of("x-delivery-limit", Integer.MAX_VALUE);

    private Queues() {}

    /// Leaves an existing queue as it is, whatever its arguments; creates a missing one durable and without
    /// arguments, with a direct exchange of the same name bound to it.
    ///
    /// Uses channels of its own, since the broker answers "no such queue" by closing the channel.
    public static void ensure(Connection connection, String queue) throws IOException {
        ensure(connection, queue, Map.of());
    }

    /// As [#ensure(Connection, String)], but a missing queue is created with these arguments.
    public static void ensure(Connection connection, String queue, Map<String, Object> arguments) throws IOException {
        if (!exists(connection, queue)) {
            create(connection, queue, arguments);
        }
    }

    /// A queue as [#ensure(Connection, String)] has it; an exchange is only looked for, since nobody here
    /// knows its type.
    public static void ensure(Connection connection, Route route) throws IOException {
        if (route.isQueue()) {
            ensure(connection, route.routingKey());
        } else {
            requireExchange(connection, route.exchange());
        }
    }

    /// As [#ensure(Connection, String)], but a missing queue is created durable and with nothing else, and keeps what
    /// it has however often that is looked at.
    public static void ensurePlain(Connection connection, String queue) throws IOException {
        if (!exists(connection, queue)) {
            try {
                createPlain(connection, queue);
            } catch (IOException e) {
                if (isThereAllTheSame(connection, queue, e)) {
                    return;
                }
                throw new IOException("cannot create queue '%s': %s".formatted(queue, reason(e)), e);
            }
        }
    }

    /// Of which type it will be is the virtual host's to say.
    private static void createPlain(Connection connection, String queue) throws IOException {
        try {
            Channels.on(connection, channel -> channel.queueDeclare(queue, true, false, false, KEPT));
        } catch (IOException e) {
            if (!isOfAnotherType(e)) {
                throw e;
            }
            Channels.on(connection, channel -> channel.queueDeclare(queue, true, false, false, Map.of()));
        }
    }

    /// Classic queues know no limit, and are refused with one.
    private static boolean isOfAnotherType(IOException refused) {
        return refused.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.PRECONDITION_FAILED;
    }

    /// Whether there is such a queue, whatever its arguments.
    public static boolean exists(Connection connection, String queue) throws IOException {
        return messages(connection, queue).isPresent();
    }

    /// How many messages wait in a queue; empty when there is no such queue.
    ///
    /// @throws IOException also when there is one on a node that is away
    public static OptionalLong messages(Connection connection, String queue) throws IOException {
        var there = look(connection, queue);
        return there == null ? OptionalLong.empty() : OptionalLong.of(there.getMessageCount());
    }

    /// Whether the broker shows a consumer of a queue, or no such queue. It shows none of a quorum queue without
    /// a leader, also where there are some, and closes the connection over the next command for it.
    ///
    /// @throws IOException also when there is one on a node that is away
    public static boolean showsConsumers(Connection connection, String queue) throws IOException {
        var there = look(connection, queue);
        return there == null || there.getConsumerCount() > 0;
    }

    private static AMQP.Queue.@Nullable DeclareOk look(Connection connection, String queue) throws IOException {
        int octets = queue.getBytes(StandardCharsets.UTF_8).length;
        if (octets == 0 || octets > LONGEST_NAME) {
            // without a name the broker makes one up, and keeps the queue
            throw new IllegalArgumentException("a queue has a name of 1 to 255 octets, not '%s'".formatted(queue));
        }
        var channel = Channels.open(connection);
        try {
            return channel.queueDeclarePassive(queue);
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close) {
                if (close.getReplyCode() == AMQP.NOT_FOUND && !Refusals.isAway(signal)) {
                    return null;
                }
                throw new IOException("queue '%s': %s".formatted(queue, close.getReplyText()), e);
            }
            throw e;
        } finally {
            Channels.close(channel);
        }
    }

    private static void requireExchange(Connection connection, String exchange) throws IOException {
        var channel = Channels.open(connection);
        try {
            channel.exchangeDeclarePassive(exchange);
        } catch (IOException e) {
            throw new IOException(
                    "cannot publish to exchange '%s': %s; declare it and bind a queue".formatted(exchange, reason(e)),
                    e);
        } finally {
            Channels.close(channel);
        }
    }

    private static void create(Connection connection, String queue, Map<String, Object> arguments) throws IOException {
        var channel = Channels.open(connection);
        try {
            channel.queueDeclare(queue, true, false, false, arguments);
            channel.exchangeDeclare(queue, BuiltinExchangeType.DIRECT, true);
            channel.queueBind(queue, queue, queue);
        } catch (IOException e) {
            if (isThereAllTheSame(connection, queue, e)) {
                return;
            }
            throw new IOException("cannot create queue '%s': %s".formatted(queue, reason(e)), e);
        } finally {
            Channels.close(channel);
        }
    }

    /// Whether only what Celery's consumers would like beside it was refused, or somebody else has just created it:
    /// messages go to it by the default exchange.
    private static boolean isThereAllTheSame(Connection connection, String queue, IOException refused) {
        if (!Refusals.isAnswer(refused)) {
            return false;
        }
        try {
            if (exists(connection, queue)) {
                LOG.debug("queue '{}' is there, without all that goes with it", queue, refused);
                return true;
            }
        } catch (IOException e) {
            refused.addSuppressed(e);
        }
        return false;
    }

    /// The broker's words, where the broker said something.
    public static @Nullable String reason(IOException e) {
        return e.getCause() instanceof ShutdownSignalException signal && !(signal instanceof AlreadyClosedException)
                ? Refusals.words(signal)
                : e.getMessage();
    }
}
