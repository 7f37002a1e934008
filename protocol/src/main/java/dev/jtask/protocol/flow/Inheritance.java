package dev.jtask.protocol.flow;

import dev.jtask.protocol.message.JtaskHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a message inherits of the one that comes before: the W3C headers of a trace, so that it goes on also
/// without an SDK, and how it is protected, so that nothing that was encrypted goes on in clear.
public final class Inheritance {

    private static final List<String> NAMES = List.of("traceparent", "tracestate", "baggage", JtaskHeaders.PROTECTION);

    private Inheritance() {}

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
