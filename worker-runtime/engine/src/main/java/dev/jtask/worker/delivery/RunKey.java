package dev.jtask.worker.delivery;

import dev.jtask.worker.run.Delivery;
import org.jspecify.annotations.Nullable;

/// By what a message is known again when the broker delivers it a second time. A retry has the same id, and
/// another number.
///
/// @param retries as the header has it; anybody can write anything there, and what is no number tells nothing
record RunKey(String queue, String id, Number retries) {

    /// Null for a message that does not say which task it is.
    static @Nullable RunKey of(Delivery delivery) {
        var properties = delivery.message().properties();
        // Celery's first protocol has the id in the body, and here as well
        var id = properties.headers().get("id") instanceof String text ? text : properties.correlationId();
        return id == null || id.isEmpty()
                ? null
                : new RunKey(
                        delivery.queue(), id, properties.headers().get("retries") instanceof Number tries ? tries : 0);
    }
}
