package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import org.jspecify.annotations.Nullable;

/// Whether the broker takes messages: one that is short of memory or disk blocks the connections that publish, and what
/// is written to them all the same fills the network's buffers until the writer hangs.
public final class FlowControl {

    private final Runnable changed;
    private volatile @Nullable String reason;

    /// @param changed called on the connection's thread
    public FlowControl(Connection connection, Runnable changed) {
        this.changed = changed;
        connection.addBlockedListener(this::block, () -> block(null));
    }

    public boolean isOpen() {
        return reason == null;
    }

    /// Why the broker takes nothing; null while it does.
    @Nullable
    String reason() {
        var now = reason;
        return now == null ? null : "the broker blocks publishers (%s); they go on when that is over".formatted(now);
    }

    private void block(@Nullable String why) {
        reason = why;
        changed.run();
    }
}
