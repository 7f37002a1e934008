package dev.jtask.spring.observation;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The headers of a message that say which trace it is in, in each form that Micrometer Tracing reads.
final class TraceHeaders {

    private static final Set<String> FORMS = Set.of("traceparent", "b3", "X-B3-TraceId");
    private static final Set<String> ALL = Set.of(
            "traceparent",
            "tracestate",
            "b3",
            "X-B3-TraceId",
            "X-B3-SpanId",
            "X-B3-ParentSpanId",
            "X-B3-Sampled",
            "X-B3-Flags");

    private TraceHeaders() {}

    static boolean areIn(Map<String, @Nullable Object> headers) {
        return FORMS.stream().anyMatch(headers::containsKey);
    }

    /// What was inherited would be read in place of what is written, where that is in another form.
    static void remove(Map<String, @Nullable Object> headers) {
        headers.keySet().removeAll(ALL);
    }
}
