package dev.jtask.broker.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The W3C headers in a message's headers, where Python's OpenTelemetry instrumentation of Celery has them too.
public final class TraceHeaders {

    private TraceHeaders() {}

    /// Where a message comes from; the given context when its headers do not say.
    public static Context extract(Context context, Map<String, @Nullable Object> headers) {
        return propagator().extract(context, headers, Values.INSTANCE);
    }

    /// The headers of a message that comes from this context.
    public static Map<String, @Nullable Object> inject(Context context, Map<String, @Nullable Object> headers) {
        Map<String, @Nullable Object> injected = new LinkedHashMap<>(headers);
        // belongs to the traceparent that is replaced, and is not written when there is none
        injected.remove("tracestate");
        propagator().inject(context, injected, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        return injected;
    }

    /// The span alone: what the message carries besides is in its headers as it was signed, and stays so.
    @SuppressWarnings("MustBeClosedChecker") // by who opens it
    static RunTrace.Scope open(Map<String, @Nullable Object> headers) {
        var span = Span.fromContext(extract(Context.root(), headers));
        return Context.root().with(span).makeCurrent()::close;
    }

    /// Without an SDK a trace is still read, for the log.
    private static TextMapPropagator propagator() {
        return Tracing.isThere()
                ? Telemetry.present().getPropagators().getTextMapPropagator()
                : W3CTraceContextPropagator.getInstance();
    }

    private enum Values implements TextMapGetter<Map<String, @Nullable Object>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, @Nullable Object> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, @Nullable Object> headers, String name) {
            return headers != null && headers.get(name) instanceof String text ? text : null;
        }
    }
}
