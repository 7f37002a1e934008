package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.tracing.SendSpan;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.task.request.PublishRetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes task messages to queues and exchanges that it has made sure of. Safe for any thread.
public final class Sender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final SteadyPublisher publisher;
    private final KnownRoutes known;
    private final FlowControl control;
    private final Duration timeout;
    private final Map<Publication, CompletableFuture<?>> onTheirWay = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Sender(Connection connection, Duration timeout) throws IOException {
        this.publisher = new SteadyPublisher(connection);
        this.known = new KnownRoutes(connection);
        this.control = FlowControl.of(connection);
        this.timeout = timeout;
        connection.addShutdownListener(cause -> known.forgetAll());
    }

    /// Completes once the broker has the message; fails with a [PublishException], at the latest after the client's
    /// publish time-out.
    public CompletableFuture<@Nullable Void> publish(Routed task, PublishRetry retry) {
        return SendSpan.around(
                task, traced -> start(traced.route(), TaskCodec.encode(traced.message(), Instant.now()), retry));
    }

    /// Sends a message as it is, once, to a queue that is expected to be there, and returns when the broker has it.
    public void resend(String queue, WireMessage message) {
        var route = Route.toQueue(queue);
        Publication.Attempt attempt = () -> publisher.publish(route, message);
        confirmed(queue, start(new Publication(queue, attempt, control, PublishRetry.NONE)));
    }

    /// Waits for a publish.
    ///
    /// @throws PublishException when the broker does not take the message, or not in time
    public <V extends @Nullable Object> V confirmed(String to, CompletableFuture<V> sent) {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishNotConfirmedException(to, "interrupted while waiting", e);
        } catch (ExecutionException e) {
            throw here(to, e.getCause());
        }
    }

    /// Takes no more messages and waits for those that are on their way, each until its time is over.
    @Override
    public void close() {
        closed = true;
        try {
            CompletableFuture.allOf(onTheirWay.values().toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            LOG.debug("not everything was sent before the close; each sender was told", e);
        }
    }

    private CompletableFuture<@Nullable Void> start(Route route, WireMessage message, PublishRetry retry) {
        Publication.Attempt attempt = () -> {
            known.ensure(route);
            return publisher.publish(route, message).whenComplete((done, failure) -> {
                if (failure != null) {
                    known.forget(route);
                }
            });
        };
        return start(new Publication(route.name(), attempt, control, retry));
    }

    private CompletableFuture<@Nullable Void> start(Publication publication) {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("the client is closed; nothing was sent"));
        }
        var sent = publication.start(timeout);
        onTheirWay.put(publication, sent);
        var _ = sent.whenComplete((done, failure) -> onTheirWay.remove(publication));
        return sent;
    }

    /// The failure as one of the thread that waits for it, whose stack says who sent.
    private static RuntimeException here(String to, @Nullable Throwable failure) {
        return switch (failure) {
            case PublishException known -> known.here();
            case UncheckedIOException broker -> new UncheckedIOException(broker.getMessage(), broker.getCause());
            case IllegalStateException closed -> new IllegalStateException(closed.getMessage(), closed);
            case IllegalArgumentException wrong -> new IllegalArgumentException(wrong.getMessage(), wrong);
            case null -> new PublishNotConfirmedException(to, "cancelled");
            default -> new PublishNotConfirmedException(to, "unexpected failure", failure);
        };
    }
}
