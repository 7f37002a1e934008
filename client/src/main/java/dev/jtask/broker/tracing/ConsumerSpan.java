package dev.jtask.broker.tracing;

import dev.jtask.protocol.message.TaskMessage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Map;

/// A run as a span of kind CONSUMER under the one that sent it, and the parent of all that follows from it. The log has
/// its ids; without an SDK it has the sender's, if there are any.
///
/// @param message says that what follows comes from the span
record ConsumerSpan(TaskMessage message, Span span, Context context) implements RunTrace {

    private static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> EXCEPTION_TRACE = AttributeKey.stringKey("exception.stacktrace");

    static RunTrace start(TaskMessage message, String queue) {
        var sender = TraceHeaders.extract(Context.root(), message.customHeaders());
        if (!Tracing.isThere()) {
            return new Unrecorded(message, Span.fromContext(sender).getSpanContext());
        }
        var span = Telemetry.present()
                .getTracer(TaskAttributes.SCOPE)
                .spanBuilder("process " + queue)
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(sender)
                .setAllAttributes(TaskAttributes.of("process", queue, message).build())
                .startSpan();
        var context = sender.with(span);
        var traced = message.toBuilder()
                .customHeaders(TraceHeaders.inject(context, message.customHeaders()))
                .build();
        return new ConsumerSpan(traced, span, context);
    }

    static Map<String, String> ofSender(TaskMessage message) {
        return ids(Span.fromContext(TraceHeaders.extract(Context.root(), message.customHeaders()))
                .getSpanContext());
    }

    @Override
    public Map<String, String> logged() {
        return ids(span.getSpanContext());
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // by who opens it
    public Scope open() {
        return context.makeCurrent()::close;
    }

    @Override
    public void end(RunEnd end) {
        try {
            describe(end);
        } finally {
            span.end();
        }
    }

    private void describe(RunEnd end) {
        if (end.state() != null) {
            span.setAttribute(TaskAttributes.STATE, end.state());
        }
        var thrown = end.thrown();
        if (thrown != null) {
            // the exception is a value by now, so the event is built by hand
            var attributes =
                    Attributes.builder().put(EXCEPTION_TYPE, thrown.type()).put(EXCEPTION_MESSAGE, thrown.message());
            if (thrown.traceback() != null) {
                attributes.put(EXCEPTION_TRACE, thrown.traceback());
            }
            span.addEvent("exception", attributes.build());
        }
        var fault = end.fault();
        if (fault != null) {
            span.setAttribute(TaskAttributes.ERROR_TYPE, fault.type());
            span.setStatus(StatusCode.ERROR, fault.reason());
        }
    }

    private static Map<String, String> ids(SpanContext context) {
        return context.isValid() ? Map.of("trace_id", context.getTraceId(), "span_id", context.getSpanId()) : Map.of();
    }

    /// A run without a span.
    private record Unrecorded(TaskMessage message, SpanContext sender) implements RunTrace {

        @Override
        public Map<String, String> logged() {
            return ids(sender);
        }

        @Override
        public Scope open() {
            return () -> {};
        }

        @Override
        public void end(RunEnd end) {
            // nobody hears of it
        }
    }
}
