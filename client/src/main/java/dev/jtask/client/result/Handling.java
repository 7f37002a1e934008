package dev.jtask.client.result;

import dev.jtask.protocol.Internal;
import dev.jtask.protocol.result.ResultMessage;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// How a client's handles are made.
///
/// @param control how they reach the workers
/// @param outcomes what a handle waits with for the end of its task; a test's own may make time pass
@Internal
public record Handling(TaskHandle.Control control, Supplier<CompletableFuture<ResultMessage>> outcomes, Clock clock) {

    /// As in the real world.
    static Handling usual(TaskHandle.Control control) {
        return new Handling(control, CompletableFuture::new, Clock.systemUTC());
    }
}
