package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.KnownRoutes;
import dev.jtask.broker.Publisher;
import dev.jtask.broker.tracing.SendSpan;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.execution.Received;
import dev.jtask.worker.execution.RedeliveryGuard;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The task messages that a worker sends: follow-ups, retries, and messages that wait for their time. Every future
/// completes when the broker has the message.
final class Outbox {

    private final Publisher publisher;
    private final Delays delays;
    private final Clock clock;
    private final KnownRoutes known;

    Outbox(Connection connection, Publisher publisher, Clock clock) {
        this.publisher = publisher;
        this.delays = new Delays(connection, publisher);
        this.clock = clock;
        this.known = new KnownRoutes(connection);
    }

    /// A message that follows from a task; its queue is declared when it is missing.
    CompletableFuture<Void> send(Routed next) {
        return SendSpan.around(next, this::sendTraced);
    }

    private CompletableFuture<Void> sendTraced(Routed next) {
        try {
            known.ensure(next.route());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        var now = clock.instant();
        var message = TaskCodec.encode(next.message(), now);
        var eta = next.message().eta();
        // who gets it from an exchange knows its queue, and lets it wait there
        var waiting = eta == null || !next.route().isQueue()
                ? Optional.<CompletableFuture<Void>>empty()
                : later(message, next.route().routingKey(), Duration.between(now, eta));
        return waiting.orElseGet(
                () -> publisher.publish(next.route().exchange(), next.route().routingKey(), message));
    }

    /// The task's next attempt, as a message of its own.
    CompletableFuture<Void> again(TaskMessage task, String queue, Duration delay) {
        var now = clock.instant();
        var parent = task.parentId();
        Map<String, @Nullable Object> headers = new LinkedHashMap<>(task.customHeaders());
        // a retry is no redelivery: its count starts anew
        headers.remove(RedeliveryGuard.COUNT);
        var retry = task.toBuilder()
                .retries(task.retries() + 1)
                .eta(delay.isZero() ? null : now.plus(delay))
                .parentId(parent == null ? task.id() : parent)
                .customHeaders(headers)
                .build();
        return SendSpan.around(new Routed(Route.toQueue(queue), retry), next -> {
            var message = TaskCodec.encode(next.message(), now);
            return later(message, queue, delay).orElseGet(() -> publisher.publish("", queue, message));
        });
    }

    /// Lets a message wait in the broker.
    ///
    /// @return empty when the delay is too short for that, or the broker does not allow it
    Optional<CompletableFuture<Void>> later(TaskMessage task, String queue, Duration delay) {
        return later(TaskCodec.encode(task, clock.instant()), queue, delay);
    }

    /// Sends a message anew with the number of its redeliveries.
    CompletableFuture<Void> counted(Received received, long redeliveries) {
        var properties = received.message().properties();
        Map<String, @Nullable Object> headers = new LinkedHashMap<>(properties.headers());
        headers.remove("x-death");
        headers.put(RedeliveryGuard.COUNT, redeliveries);
        return publisher.publish(
                "",
                received.queue(),
                new WireMessage(
                        properties.withHeaders(headers), received.message().body()));
    }

    private Optional<CompletableFuture<Void>> later(WireMessage message, String queue, Duration delay) {
        if (delay.toSeconds() < 1) {
            return Optional.empty();
        }
        // the time to live belongs to the queue in which it waits for a worker; the expires header still holds
        var waiting = new WireMessage(message.properties().withExpiration(null), message.body());
        return delays.send(waiting, queue, delay.toSeconds());
    }
}
