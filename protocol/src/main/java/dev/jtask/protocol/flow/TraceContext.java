package dev.jtask.protocol.flow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The W3C headers of a trace, which a message inherits of the one that comes before, so that a trace goes on also
/// without an SDK.
public final class TraceContext {

    private static final List<String> NAMES = List.of("traceparent", "tracestate", "baggage");

    private TraceContext() {}

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
}
