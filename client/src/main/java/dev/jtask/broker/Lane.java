package dev.jtask.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.protocol.message.Route;
import java.io.IOException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One channel with confirms and `mandatory`, many messages in flight at once. Publications enter it on the sender's
/// thread and leave it on the connection's, each once: confirmed, nacked, returned or lost.
final class Lane {

    /// A queue that is full for a moment needs no other channel.
    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final Runnable changed;
    private final LongSupplier nanos;
    private final ConcurrentSkipListMap<Long, Publication> inFlight = new ConcurrentSkipListMap<>();
    private volatile boolean settled;
    private volatile boolean refused;
    private volatile long refusedFirst;
    private long unsent;

    private Lane(Channel channel, Runnable changed, LongSupplier nanos) {
        this.channel = channel;
        this.changed = changed;
        this.nanos = nanos;
    }

    /// @param changed called on the connection's thread after something has left the lane
    static Lane on(Connection connection, Runnable changed, LongSupplier nanos) throws IOException {
        var channel = Channels.open(connection);
        var lane = new Lane(channel, changed, nanos);
        channel.addConfirmListener(
                (tag, multiple) -> lane.settle(tag, multiple, Publication::confirmed), lane::refused);
        channel.addReturnListener(returned -> lane.returned(
                returned.getExchange(), returned.getRoutingKey(), returned.getProperties(), returned.getReplyText()));
        Channels.onEnd(channel, lane::lost);
        channel.confirmSelect();
        return lane;
    }

    /// @throws IOException when the lane is closed; the publication is not in it then
    void publish(Publication publication) throws IOException {
        var parcel = publication.parcel();
        long sequence = nextSequence();
        BasicProperties properties;
        try {
            properties = properties(parcel, sequence);
        } catch (RuntimeException | StackOverflowError e) {
            publication.unwritable(e); // and nobody has counted it
            return;
        }
        inFlight.put(sequence, publication);
        var scope = Tracing.publishing(parcel.message().properties().headers());
        try {
            channel.basicPublish(
                    parcel.route().exchange(),
                    parcel.route().routingKey(),
                    true,
                    properties,
                    parcel.message().body());
        } catch (IOException | ShutdownSignalException e) {
            // false when the listener has had it already
            if (inFlight.remove(sequence) != null) {
                throw e instanceof IOException known ? known : new IOException("the channel is closed", e);
            }
        } catch (RuntimeException | StackOverflowError e) {
            // AMQP cannot carry it, and nothing was written
            if (inFlight.remove(sequence) != null) {
                unsent++;
                publication.unwritable(e);
            }
        } catch (VirtualMachineError e) {
            // what is left in flight is lost with the channel, and tried again once
            if (inFlight.remove(sequence) != null) {
                throw e;
            }
        } finally {
            scope.close();
        }
    }

    int inFlight() {
        return inFlight.size();
    }

    /// Whether a message that goes there is in it.
    boolean holds(Route route) {
        return inFlight.values().stream().anyMatch(each -> each.parcel().route().equals(route));
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /// Whether the broker has answered for any message.
    boolean hasSettled() {
        return settled;
    }

    /// Whether another should take its place: a channel of RabbitMQ 3.10 that met a quorum queue between two leaders
    /// may refuse for ever what goes there, while others are served.
    boolean isWorn() {
        return refused && nanos.getAsLong() - refusedFirst > REFUSAL_NANOS;
    }

    /// What is in it is lost when this returns, also where the connection's thread has not come to say so.
    void close() {
        Channels.close(channel);
        var reason = channel.getCloseReason();
        if (reason != null) {
            lost(reason);
        }
    }

    /// The broker returns properties, not sequence numbers: the mark is how a return finds its publish.
    private static BasicProperties properties(Parcel parcel, long sequence) {
        var given = parcel.message().properties().others().messageId();
        return AmqpMessages.sent(parcel.message().properties(), given == null ? Long.toString(sequence) : given);
    }

    /// As the broker counts; the channel also counts what it could not write.
    private long nextSequence() {
        return channel.getNextPublishSeqNo() - unsent;
    }

    private void refused(long tag, boolean multiple) {
        if (!refused) {
            refusedFirst = nanos.getAsLong();
            refused = true;
        }
        settle(tag, multiple, Publication::nacked);
    }

    private void settle(long tag, boolean multiple, Consumer<Publication> how) {
        if (multiple) {
            var settled = inFlight.headMap(tag, true);
            for (var entry = settled.pollFirstEntry(); entry != null; entry = settled.pollFirstEntry()) {
                how.accept(entry.getValue());
            }
        } else {
            var one = inFlight.remove(tag);
            if (one != null) {
                how.accept(one);
            }
        }
        settled = true;
        changed.run();
    }

    /// A return comes before the confirm of the same message, so the confirm finds nothing left to complete.
    private void returned(String exchange, String routingKey, BasicProperties properties, String reply) {
        var publication = find(exchange, routingKey, properties.getMessageId());
        if (publication != null) {
            publication.returned(reply);
        }
    }

    private @Nullable Publication find(String exchange, String routingKey, String messageId) {
        if (messageId.matches("\\d{1,18}")) {
            long sequence = Long.parseLong(messageId);
            var marked = inFlight.get(sequence);
            // an id of a message's own may look like a mark
            if (marked != null
                    && marked.isMarked()
                    && goesTo(marked, exchange, routingKey)
                    && inFlight.remove(sequence, marked)) {
                return marked;
            }
        }
        // a message with an id of its own: the first of those with this id that go there, since all of them come back
        for (var entry : inFlight.entrySet()) {
            var publication = entry.getValue();
            var ownId = publication.parcel().message().properties().others().messageId();
            if (goesTo(publication, exchange, routingKey)
                    && messageId.equals(ownId)
                    && inFlight.remove(entry.getKey(), publication)) {
                return publication;
            }
        }
        return null;
    }

    private static boolean goesTo(Publication publication, String exchange, String routingKey) {
        var route = publication.parcel().route();
        return route.exchange().equals(exchange) && route.routingKey().equals(routingKey);
    }

    private void lost(ShutdownSignalException signal) {
        for (var entry = inFlight.pollFirstEntry(); entry != null; entry = inFlight.pollFirstEntry()) {
            entry.getValue().lost(signal);
        }
        changed.run();
    }
}
