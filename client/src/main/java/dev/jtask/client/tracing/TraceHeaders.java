package dev.jtask.client.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The W3C headers in a message's headers, where Python's OpenTelemetry instrumentation of Celery has them too.
public final class TraceHeaders {

    private static final List<String> NAMES = List.of("traceparent", "tracestate", "baggage");

    private TraceHeaders() {}

    /// What a message inherits of the one that comes before, so that a trace goes on also without an SDK.
    ///
    /// @param parent headers of the message that comes before
    /// @param own headers of the new message, which win
    public static Map<String, @Nullable Object> inherit(
            Map<String, @Nullable Object> parent, Map<String, @Nullable Object> own) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        for (var name : NAMES) {
            if (parent.get(name) != null) {
                headers.put(name, parent.get(name));
            }
        }
        headers.putAll(own);
        return headers;
    }

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

    /// Without an SDK a trace is still read, for the log.
    private static TextMapPropagator propagator() {
        return GlobalOpenTelemetry.isSet()
                ? GlobalOpenTelemetry.getPropagators().getTextMapPropagator()
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
