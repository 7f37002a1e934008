package dev.jtask.client.canvas;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A trace goes on in the tasks that a task sends: they inherit the W3C headers of its message.
public final class Tracing {

    private static final List<String> HEADERS = List.of("traceparent", "tracestate", "baggage");

    private Tracing() {}

    /// @param parent headers of the message that comes before
    /// @param own headers of the new message, which win
    public static Map<String, @Nullable Object> inherit(
            Map<String, @Nullable Object> parent, Map<String, @Nullable Object> own) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        for (var name : HEADERS) {
            if (parent.get(name) != null) {
                headers.put(name, parent.get(name));
            }
        }
        headers.putAll(own);
        return headers;
    }
}
