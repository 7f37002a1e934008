package dev.jtask.broker.tracing;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A span of kind PRODUCER and the message that carries it. Its parent is the present one, else the one that the
/// message has inherited.
record ProducerSpan(Span span, Routed task) implements SendTrace {

    static ProducerSpan start(Routed task) {
        var message = task.message();
        var parent = Context.current();
        if (!Span.fromContext(parent).getSpanContext().isValid()) {
            parent = TraceHeaders.extract(parent, message.customHeaders());
        }
        var destination = destination(task.route());
        var span = Telemetry.present()
                .getTracer(TaskAttributes.SCOPE)
                .spanBuilder("send " + destination)
                .setSpanKind(SpanKind.PRODUCER)
                .setParent(parent)
                .setAllAttributes(TaskAttributes.of("send", destination, message)
                        .put(TaskAttributes.ROUTING_KEY, task.route().routingKey())
                        .build())
                .startSpan();
        var headers = TraceHeaders.inject(parent.with(span), message.customHeaders());
        return new ProducerSpan(
                span,
                new Routed(
                        task.route(), message.toBuilder().customHeaders(headers).build()));
    }

    @Override
    public void end(@Nullable Throwable failure) {
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
