package dev.jtask.worker.delivery;

import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.run.Delivery;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// By what a message is known again when the broker delivers it a second time. A retry has the same id, and
/// another number. So may another message have the id, of another task or with other arguments: every copy that a
/// worker makes of a message has its body as it was.
///
/// @param retries as the header has it; anybody can write anything there, and what is no number tells nothing
/// @param body of which task, and with what
record RunKey(String queue, String id, Number retries, Body body) {

    /// @param task empty where the body says it
    /// @param sum of the bytes
    record Body(String task, int size, long sum) {

        static Body of(WireMessage message) {
            var sum = new CRC32C();
            sum.update(message.body());
            return new Body(
                    message.properties().headers().get("task") instanceof String task ? task : "",
                    message.body().length,
                    sum.getValue());
        }
    }

    /// Null for a message that does not say which task it is.
    static @Nullable RunKey of(Delivery delivery) {
        var properties = delivery.message().properties();
        // Celery's first protocol has the id in the body, and here as well
        var id = properties.headers().get("id") instanceof String text ? text : properties.correlationId();
        return id == null || id.isEmpty()
                ? null
                : new RunKey(
                        delivery.queue(),
                        id,
                        properties.headers().get("retries") instanceof Number tries ? tries : 0,
                        Body.of(delivery.message()));
    }
}
