package dev.jtask.broker.tracing;

import dev.jtask.protocol.flow.Routed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A task message on its way to the broker as a span, which ends with the broker's confirm. Without tracing, and when
/// the tracer fails, the message is published as it is.
public final class SendSpan {

    private SendSpan() {}

    /// Publishes a message, once, that carries its span in its headers.
    ///
    /// The span's parent is the present one, else the one that the message has inherited.
    public static <V extends @Nullable Object> CompletableFuture<V> around(
            Routed task, Function<Routed, CompletableFuture<V>> publish) {
        // no type of OpenTelemetry is named here: this class must load where there is none
        Optional<ProducerSpan> started =
                Tracing.isThere() ? Tracing.attempt(() -> ProducerSpan.start(task)) : Optional.empty();
        return started.map(span -> publish(span, publish)).orElseGet(() -> publish.apply(task));
    }

    private static <V extends @Nullable Object> CompletableFuture<V> publish(
            ProducerSpan span, Function<Routed, CompletableFuture<V>> publish) {
        try {
            return publish.apply(span.traced()).whenComplete((done, failure) -> end(span, failure));
        } catch (RuntimeException e) {
            end(span, e);
            throw e;
        }
    }

    private static void end(ProducerSpan span, @Nullable Throwable failure) {
        Tracing.attempt(() -> span.end(failure));
    }
}
