package dev.jtask.broker.tracing;

import dev.jtask.protocol.flow.Routed;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A task message on its way to the broker, of which is told until the broker's confirm. Where whoever tells of it
/// fails, the message is published as it is.
public final class SendSpan {

    private SendSpan() {}

    /// Publishes a message, once, that carries its trace in its headers.
    public static <V extends @Nullable Object> CompletableFuture<V> around(
            TaskTracing tracing, Routed task, Function<Routed, CompletableFuture<V>> publish) {
        var trace = Tracing.attempt(() -> tracing.send(task)).orElseGet(() -> new SendTrace.Untold(task));
        if (trace instanceof SendTrace.Untold untold) {
            return publish.apply(untold.task());
        }
        var traced = Tracing.attempt(trace::task).orElse(task);
        try {
            return publish.apply(traced).whenComplete((done, failure) -> end(trace, failure));
        } catch (RuntimeException | Error e) {
            end(trace, e);
            throw e;
        }
    }

    private static void end(SendTrace trace, @Nullable Throwable failure) {
        Tracing.attempt(() -> {
            trace.end(failure);
            return trace;
        });
    }
}
