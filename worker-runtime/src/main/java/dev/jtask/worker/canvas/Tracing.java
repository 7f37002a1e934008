package dev.jtask.worker.canvas;

import dev.jtask.protocol.TaskMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A trace goes on in the tasks that a task sends: they inherit the W3C headers of its message.
public final class Tracing {

    private static final List<String> HEADERS = List.of("traceparent", "tracestate", "baggage");

    private Tracing() {}

    /// @param own headers of the new message, which win
    public static Map<String, @Nullable Object> inherit(TaskMessage parent, Map<String, @Nullable Object> own) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        for (var name : HEADERS) {
            if (parent.customHeaders().get(name) != null) {
                headers.put(name, parent.customHeaders().get(name));
            }
        }
        headers.putAll(own);
        return headers;
    }
}
