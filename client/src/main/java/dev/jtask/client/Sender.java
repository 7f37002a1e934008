package dev.jtask.client;

import com.rabbitmq.client.Connection;
import dev.jtask.client.canvas.Routed;
import dev.jtask.client.tracing.SendSpan;
import dev.jtask.protocol.TaskCodec;
import dev.jtask.protocol.WireMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Publishes task messages to queues and exchanges that it has made sure of. Safe for any thread.
final class Sender {

    private final Publisher publisher;
    private final KnownRoutes known;
    private final FlowControl control;
    private final Duration timeout;

    Sender(Connection connection, Duration timeout) throws IOException {
        this.publisher = Publisher.on(connection);
        this.known = new KnownRoutes(connection);
        this.control = FlowControl.of(connection);
        this.timeout = timeout;
    }

    /// Completes once the broker has the message; fails with a [PublishException], at the latest after the client's
    /// publish time-out.
    CompletableFuture<@Nullable Void> publish(Routed task, PublishRetry retry) {
        return SendSpan.around(task, traced -> publication(traced, retry));
    }

    private CompletableFuture<@Nullable Void> publication(Routed task, PublishRetry retry) {
        var route = task.route();
        var message = TaskCodec.encode(task.message(), Instant.now());
        Publication.Attempt attempt = () -> {
            known.ensure(route);
            return publisher.publish(route.exchange(), route.routingKey(), message);
        };
        return new Publication(route.routingKey(), attempt, control, retry).start(timeout);
    }

    /// Sends a message as it is, once, to a queue that is expected to be there, and returns when the broker has it.
    void resend(String queue, WireMessage message) {
        Publication.Attempt attempt = () -> publisher.publish("", queue, message);
        confirmed(queue, new Publication(queue, attempt, control, PublishRetry.NONE).start(timeout));
    }

    /// Waits for a publish.
    ///
    /// @throws PublishException when the broker does not take the message, or not in time
    <V extends @Nullable Object> V confirmed(String to, CompletableFuture<V> sent) {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishNotConfirmedException(to, "interrupted while waiting", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new PublishNotConfirmedException(to, "unexpected failure", e);
        }
    }
}
