package dev.jtask.client;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.DeadLetters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the workers of a queue could not run: to be looked at, and sent back once the cause is gone. Safe for any
/// thread.
public final class DeadLetterQueue {

    private static final String RETRIES = "retries";

    private final Connection connection;
    private final BiConsumer<String, WireMessage> sender;
    private final String origin;
    private final String name;

    /// @param sender returns once a message is in the queue
    DeadLetterQueue(Connection connection, BiConsumer<String, WireMessage> sender, String queue) {
        this.connection = connection;
        this.sender = sender;
        this.origin = queue;
        this.name = DeadLetters.queueFor(queue);
    }

    /// All of them, oldest first; they stay where they are. While it looks, nobody else sees them.
    ///
    /// @throws UncheckedIOException when there is no dead-letter queue
    public List<DeadLetter> list() {
        var letters = new ArrayList<DeadLetter>();
        forEach((channel, got, letter) -> letters.add(letter));
        return letters;
    }

    /// Sends those of these tasks back to the queue they came from.
    ///
    /// @return how many were sent back
    public int sendBack(String... ids) {
        var wanted = List.of(ids);
        return sendBack(letter -> wanted.contains(letter.id()));
    }

    /// Sends back what the condition holds for, with all its retries to come. Each one leaves only once the broker has
    /// it in its old queue, so that none is lost; after a crash in between it is in both.
    ///
    /// @return how many were sent back
    /// @throws UnroutableException naming the old queue when it is gone; the message stays, as do those after it
    public int sendBack(Predicate<DeadLetter> condition) {
        var sent = new ArrayList<String>();
        forEach((channel, got, letter) -> {
            if (condition.test(letter)) {
                sender.accept(letter.queue(), restored(letter.message()));
                channel.basicAck(got.getEnvelope().getDeliveryTag(), false);
                sent.add(letter.id());
            }
        });
        return sent.size();
    }

    private static WireMessage restored(WireMessage message) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(message.properties().headers());
        // RabbitMQ before 4.0.1 takes a republished x-death for a cycle
        headers.keySet().removeIf(header -> JtaskHeaders.isTrail(header) || header.contains("-death"));
        headers.replace(RETRIES, 0);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    /// What the visit does not acknowledge is back in its place when this returns.
    private void forEach(Visit visit) {
        try {
            var channel = Channels.open(connection);
            try {
                for (var got : everything(channel)) {
                    visit.at(channel, got, letter(got));
                }
            } finally {
                putBack(channel);
                Channels.close(channel);
            }
        } catch (ShutdownSignalException e) {
            throw new UncheckedIOException(
                    "cannot read dead letters from queue '%s': the connection is closed".formatted(name),
                    new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read dead letters from queue '%s'; is it declared? (%s)".formatted(name, Queues.reason(e)),
                    e);
        }
    }

    private void putBack(Channel channel) throws IOException {
        if (channel.isOpen()) {
            channel.basicNack(0, true, true);
            // an answer from the queue: closing alone would put the messages back some time later
            channel.queueDeclarePassive(name);
        }
    }

    /// Taken before the first visit: a message that is sent back and dies again is not met twice.
    private List<GetResponse> everything(Channel channel) throws IOException {
        var all = new ArrayList<GetResponse>();
        for (var got = channel.basicGet(name, false); got != null; got = channel.basicGet(name, false)) {
            all.add(got);
        }
        return all;
    }

    private DeadLetter letter(GetResponse got) {
        var message = AmqpMessages.fromAmqp(got.getProps(), got.getBody());
        var headers = message.properties().headers();
        return new DeadLetter(
                text(headers, "id", ""),
                text(headers, "task", ""),
                text(headers, JtaskHeaders.REASON, "the broker dead-lettered it"),
                text(headers, JtaskHeaders.QUEUE, origin),
                headers.get(JtaskHeaders.ATTEMPT) instanceof Number attempts ? attempts.intValue() : 1,
                headers.get(JtaskHeaders.EXCEPTION) instanceof String exception ? exception : null,
                message);
    }

    private static String text(Map<String, @Nullable Object> headers, String name, String fallback) {
        return headers.get(name) instanceof String value ? value : fallback;
    }

    private interface Visit {
        void at(Channel channel, GetResponse got, DeadLetter letter) throws IOException;
    }
}
