package dev.jtask.worker.execution;

import dev.jtask.broker.tracing.TaskAttributes;
import dev.jtask.broker.tracing.TraceHeaders;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.TaskState;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// A task's run as a span of kind CONSUMER under the one that sent it, and the parent of all that follows from it. The
/// log's context has its ids; without an SDK it has the sender's, if there are any.
public final class RunSpan implements Interceptor {

    private static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> EXCEPTION_TRACE = AttributeKey.stringKey("exception.stacktrace");

    @Override
    public Outcome around(Invocation invocation, Step next) {
        var message = invocation.message();
        var sender = TraceHeaders.extract(Context.root(), message.customHeaders());
        if (!GlobalOpenTelemetry.isSet()) {
            log(Span.fromContext(sender));
            return next.proceed();
        }
        var queue = invocation.received().queue();
        var span = GlobalOpenTelemetry.getTracer(TaskAttributes.SCOPE)
                .spanBuilder("process " + queue)
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(sender)
                .setAllAttributes(TaskAttributes.of("process", queue, message).build())
                .startSpan();
        log(span);
        var context = sender.with(span);
        invocation
                .attempt()
                .decoded(message.toBuilder()
                        .customHeaders(TraceHeaders.inject(context, message.customHeaders()))
                        .build());
        try (var _ = context.makeCurrent()) {
            var outcome = next.proceed();
            describe(span, outcome);
            return outcome;
        } finally {
            span.end();
        }
    }

    private static void log(Span span) {
        var context = span.getSpanContext();
        if (context.isValid()) {
            MDC.put("trace_id", context.getTraceId());
            MDC.put("span_id", context.getSpanId());
        }
    }

    private static void describe(Span span, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded _, Outcome.Repeated _ -> span.setAttribute(TaskAttributes.STATE, TaskState.SUCCESS);
            case Outcome.Failed(var error, var traceback, var kind) -> {
                span.setAttribute(TaskAttributes.STATE, TaskState.FAILURE);
                exception(span, error, traceback);
                if (kind == Outcome.Failed.Kind.UNEXPECTED) {
                    error(span, error.type(), error.display());
                }
            }
            case Outcome.Retried retried -> {
                span.setAttribute(TaskAttributes.STATE, TaskState.RETRY);
                exception(span, retried.cause(), retried.traceback());
            }
            case Outcome.Refused refused -> {
                span.setAttribute(TaskAttributes.STATE, TaskState.FAILURE);
                error(span, refused.error().type(), refused.reason());
            }
            case Outcome.Revoked(var reason) -> {
                span.setAttribute(TaskAttributes.STATE, TaskState.REVOKED);
                error(span, TaskState.REVOKED, reason);
            }
            case Outcome.Postponed _,
                    Outcome.Held _,
                    Outcome.Counted _,
                    Outcome.Ignored _,
                    Outcome.Requeued _,
                    Outcome.Unlocked _ -> {
                // no state that anybody is told
            }
        }
    }

    private static void error(Span span, String type, String description) {
        span.setAttribute(TaskAttributes.ERROR_TYPE, type);
        span.setStatus(StatusCode.ERROR, description);
    }

    /// The exception is a value by now, so the event is built by hand.
    private static void exception(Span span, RemoteError error, @Nullable String traceback) {
        var attributes = Attributes.builder().put(EXCEPTION_TYPE, error.type()).put(EXCEPTION_MESSAGE, error.display());
        if (traceback != null) {
            attributes.put(EXCEPTION_TRACE, traceback);
        }
        span.addEvent("exception", attributes.build());
    }
}
