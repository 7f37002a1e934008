package dev.jtask.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Publishes on one channel with confirms and `mandatory`, many messages in flight at once. Safe for any thread.
///
/// A future completes when the broker has taken the message over, and fails with a [PublishException] otherwise; it is
/// completed on the connection's thread, so continuations must not block.
public final class Publisher implements AutoCloseable {

    private final Channel channel;
    private final ReentrantLock turn = new ReentrantLock();
    private final ConcurrentSkipListMap<Long, Pending> pending = new ConcurrentSkipListMap<>();
    private long unsent;

    private Publisher(Channel channel) {
        this.channel = channel;
    }

    /// A publisher with a channel of its own on this connection.
    public static Publisher on(Connection connection) throws IOException {
        var channel = Channels.open(connection);
        var publisher = new Publisher(channel);
        channel.addConfirmListener(
                (tag, multiple) -> publisher.settle(tag, multiple, Pending::confirmed),
                (tag, multiple) -> publisher.settle(tag, multiple, Pending::refused));
        channel.addReturnListener(returned -> publisher.returned(returned.getProperties(), returned.getReplyText()));
        channel.addShutdownListener(publisher::lost);
        channel.confirmSelect();
        return publisher;
    }

    /// Publishes one message; the future fails with [UnroutableException] when no queue takes it, with
    /// [PublishNotConfirmedException] when the broker refuses it or the connection goes first, and with
    /// [IllegalArgumentException] when AMQP cannot carry it.
    public CompletableFuture<Void> publish(String exchange, String routingKey, WireMessage message) {
        var waiting = new Pending(new Route(exchange, routingKey), new CompletableFuture<>());
        turn.lock();
        try {
            long sequence = nextSequence();
            pending.put(sequence, waiting);
            // the broker returns properties, not sequence numbers: this is how a return finds its publish
            var properties = AmqpMessages.toAmqp(message.properties())
                    .messageId(Long.toString(sequence))
                    .build();
            try {
                channel.basicPublish(exchange, routingKey, true, properties, message.body());
            } catch (IOException | AlreadyClosedException e) {
                pending.remove(sequence);
                waiting.fail("the connection is closed", e);
            } catch (IllegalArgumentException e) {
                pending.remove(sequence);
                unsent++;
                waiting.refuse(e);
            }
        } finally {
            turn.unlock();
        }
        return waiting.done();
    }

    /// Messages published and not yet confirmed.
    public int inFlight() {
        return pending.size();
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        Channels.close(channel);
    }

    /// As the broker counts. The channel also counts what it could not write, from 1 again after a recovery.
    private long nextSequence() {
        long next = channel.getNextPublishSeqNo();
        if (next == 1) {
            unsent = 0;
        }
        return next - unsent;
    }

    private void settle(long tag, boolean multiple, Consumer<Pending> how) {
        if (!multiple) {
            var one = pending.remove(tag);
            if (one != null) {
                how.accept(one);
            }
            return;
        }
        var settled = pending.headMap(tag, true);
        for (var entry = settled.pollFirstEntry(); entry != null; entry = settled.pollFirstEntry()) {
            how.accept(entry.getValue());
        }
    }

    private void returned(BasicProperties properties, String reply) {
        // a return comes before the confirm of the same message, so the confirm finds nothing left to complete
        var one = pending.remove(Long.parseLong(properties.getMessageId()));
        if (one != null) {
            one.done().completeExceptionally(new UnroutableException(one.route(), reply));
        }
    }

    private void lost(ShutdownSignalException cause) {
        for (var entry = pending.pollFirstEntry(); entry != null; entry = pending.pollFirstEntry()) {
            entry.getValue().fail(cause.isHardError() ? "the connection was lost" : cause.getMessage(), cause);
        }
    }

    private record Pending(Route route, CompletableFuture<Void> done) {

        @SuppressWarnings("NullAway") // Void has no other value
        void confirmed() {
            done.complete(null);
        }

        void refused() {
            done.completeExceptionally(
                    new PublishNotConfirmedException(route.name(), "the broker refused it, the queue may be full"));
        }

        void refuse(IllegalArgumentException cause) {
            done.completeExceptionally(new IllegalArgumentException(
                    "AMQP cannot carry the message to '%s': %s".formatted(route.name(), cause.getMessage()), cause));
        }

        void fail(@Nullable String what, Throwable cause) {
            done.completeExceptionally(new PublishNotConfirmedException(route.name(), what, cause));
        }
    }
}
