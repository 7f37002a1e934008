package dev.jtask.worker.steps;

import dev.jtask.broker.tracing.TaskAttributes;
import dev.jtask.broker.tracing.Telemetry;
import dev.jtask.broker.tracing.TraceHeaders;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.SparseLog;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// A task's run as a span of kind CONSUMER under the one that sent it, and the parent of all that follows from it. The
/// log's context has its ids; without an SDK it has the sender's, if there are any. A tracer that fails costs no task.
public final class RunSpanStep implements Interceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RunSpanStep.class);
    private static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> EXCEPTION_TRACE = AttributeKey.stringKey("exception.stacktrace");

    private final SparseLog failures = new SparseLog(LOG);

    /// A task in its span.
    ///
    /// @param job whose message says that what follows comes from the span
    private record Run(Job job, Span span, Context context) {}

    @Override
    public Outcome around(Job job, Next next) {
        var run = begin(job);
        if (run == null) {
            return next.proceed(job);
        }
        try (var _ = run.context.makeCurrent()) {
            var outcome = next.proceed(run.job);
            quietly(() -> describe(run.span, job.shown(outcome)));
            return outcome;
        } finally {
            quietly(run.span::end);
        }
    }

    /// Null where there is no tracer, or one that does not work.
    private @Nullable Run begin(Job job) {
        try {
            var message = job.message();
            var sender = TraceHeaders.extract(Context.root(), message.customHeaders());
            if (!Tracing.isThere()) {
                log(Span.fromContext(sender));
                return null;
            }
            var queue = job.delivery().queue();
            var span = Telemetry.present()
                    .getTracer(TaskAttributes.SCOPE)
                    .spanBuilder("process " + queue)
                    .setSpanKind(SpanKind.CONSUMER)
                    .setParent(sender)
                    .setAllAttributes(
                            TaskAttributes.of("process", queue, message).build())
                    .startSpan();
            log(span);
            var context = sender.with(span);
            var traced = message.toBuilder()
                    .customHeaders(TraceHeaders.inject(context, message.customHeaders()))
                    .build();
            return new Run(job.with(traced), span, context);
        } catch (Throwable broken) { // the boundary of the user's tracer: the task runs without it
            failed(broken);
            return null;
        }
    }

    private void quietly(Runnable trace) {
        try {
            trace.run();
        } catch (Throwable broken) { // the boundary of the user's tracer: the task has run, whatever it says of it
            failed(broken);
        }
    }

    private void failed(Throwable broken) {
        failures.warn("the tracer fails, tasks go on without it: " + broken);
    }

    private static void log(Span span) {
        var context = span.getSpanContext();
        if (context.isValid()) {
            MDC.put("trace_id", context.getTraceId());
            MDC.put("span_id", context.getSpanId());
        }
    }

    private static void describe(Span span, Outcome outcome) {
        outcome.state().ifPresent(state -> span.setAttribute(TaskAttributes.STATE, state));
        switch (outcome) {
            case Outcome.Failed(var error, var traceback, var kind) -> {
                exception(span, error, traceback);
                if (kind == Outcome.Failed.Kind.UNEXPECTED) {
                    error(span, error.type(), error.display());
                }
            }
            case Outcome.Retry retry -> exception(span, retry.cause(), retry.traceback());
            case Outcome.Refused refused -> error(span, refused.error().type(), refused.reason());
            case Outcome.Revoked(var reason) -> error(span, TaskState.REVOKED, reason);
            case Outcome.Done _, Outcome.Later _, Outcome.Returned _ -> {
                // nothing went wrong
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
