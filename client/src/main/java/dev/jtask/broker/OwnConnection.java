package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection that is opened when it is needed, and anew when it is lost. Safe for any thread.
public final class OwnConnection implements Line, AutoCloseable {

    private final BrokerOptions broker;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Connection present;
    private volatile boolean closed;

    public OwnConnection(BrokerOptions broker) {
        this.broker = broker;
    }

    /// The connection that is there, or a new one.
    ///
    /// @throws IOException when there is none at the moment, or its owner is closed
    @Override
    public Connection connection() throws IOException {
        turn.lock();
        try {
            if (closed) {
                throw new IOException("its owner has closed the connection");
            }
            var open = present;
            return open == null || !open.isOpen() ? opened() : open;
        } finally {
            turn.unlock();
        }
    }

    private Connection opened() throws IOException {
        var open = BrokerConnections.open(broker);
        present = open;
        if (closed) {
            // while it was opened, when there was nothing to close yet
            close();
            throw new IOException("its owner has closed the connection");
        }
        return open;
    }

    @Override
    public void close() {
        closed = true;
        var open = present;
        if (open != null) {
            BrokerConnections.abort(open);
        }
    }
}
