package dev.jtask.broker.tracing;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A task message on its way to the broker as a span of kind PRODUCER, which ends with the broker's confirm. Without an
/// SDK the message is published as it is.
public final class SendSpan {

    private SendSpan() {}

    /// Publishes a message that carries its span in its headers.
    ///
    /// The span's parent is the present one, else the one that the message has inherited.
    public static <V extends @Nullable Object> CompletableFuture<V> around(
            Routed task, Function<Routed, CompletableFuture<V>> publish) {
        if (!GlobalOpenTelemetry.isSet()) {
            return publish.apply(task);
        }
        var message = task.message();
        var parent = Context.current();
        if (!Span.fromContext(parent).getSpanContext().isValid()) {
            parent = TraceHeaders.extract(parent, message.customHeaders());
        }
        var destination = destination(task.route());
        var span = GlobalOpenTelemetry.getTracer(TaskAttributes.SCOPE)
                .spanBuilder("send " + destination)
                .setSpanKind(SpanKind.PRODUCER)
                .setParent(parent)
                .setAllAttributes(TaskAttributes.of("send", destination, message)
                        .put(TaskAttributes.ROUTING_KEY, task.route().routingKey())
                        .build())
                .startSpan();
        var context = parent.with(span);
        var headers = TraceHeaders.inject(context, message.customHeaders());
        var traced = new Routed(
                task.route(), message.toBuilder().customHeaders(headers).build());
        try (var _ = context.makeCurrent()) {
            return publish.apply(traced).whenComplete((done, failure) -> end(span, failure));
        } catch (RuntimeException e) {
            end(span, e);
            throw e;
        }
    }

    private static void end(Span span, @Nullable Throwable failure) {
        if (failure != null) {
            var cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            span.recordException(cause);
            span.setAttribute(TaskAttributes.ERROR_TYPE, cause.getClass().getName());
            span.setStatus(StatusCode.ERROR, String.valueOf(cause.getMessage()));
        }
        span.end();
    }

    private static String destination(Route route) {
        return route.isQueue() ? route.routingKey() : route.exchange() + ":" + route.routingKey();
    }
}
