package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Whether the broker takes messages: one that is short of memory or disk blocks the connections that publish, and what
/// is written to them all the same fills the network's buffers until the writer hangs.
final class FlowControl {

    private static final String FREE = "the broker is slow, or the connection to it hangs";

    private volatile CompletableFuture<@Nullable Void> open = CompletableFuture.completedFuture(null);
    private volatile String state = FREE;

    static FlowControl of(Connection connection) {
        var control = new FlowControl();
        connection.addBlockedListener(control::block, control::unblock);
        // a connection that comes back is told anew
        connection.addShutdownListener(cause -> control.unblock());
        return control;
    }

    /// Completes while the broker takes messages.
    CompletableFuture<@Nullable Void> open() {
        return open;
    }

    /// Why a publish takes so long, as far as is known.
    String state() {
        return state;
    }

    private synchronized void block(String reason) {
        if (open.isDone()) {
            open = new CompletableFuture<>();
        }
        state = "the broker blocks publishers (%s); they go on when that is over".formatted(reason);
    }

    private synchronized void unblock() {
        state = FREE;
        open.complete(null);
    }
}
