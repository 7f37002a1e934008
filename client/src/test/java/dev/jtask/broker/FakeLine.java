package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives out fake connections, a new one after each that was lost.
final class FakeLine implements Line {

    final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
    volatile int tries;
    private final Consumer<FakeConnection> prepare;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    FakeLine() {
        this(connection -> {});
    }

    /// @param prepare tells each new connection how to behave
    FakeLine(Consumer<FakeConnection> prepare) {
        this.prepare = prepare;
    }

    /// From now on there is no connection; null when there is again.
    void fail(@Nullable Throwable why) {
        failure = why;
    }

    FakeConnection last() {
        return connections.get(connections.size() - 1);
    }

    boolean isClosed() {
        return closed;
    }

    /// All that was published, on all connections.
    List<FakeChannel.Published> published() {
        return connections.stream().flatMap(each -> each.published().stream()).toList();
    }

    /// How often a message with this body was published.
    long count(String body) {
        return published().stream()
                .filter(message -> new String(message.body(), Parcels.TEXT).equals(body))
                .count();
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // on the sender's thread alone
    public Connection connection() throws IOException {
        if (connections.isEmpty() || !last().connection().isOpen()) {
            tries++;
            var why = failure;
            if (why instanceof IOException thrown) {
                throw thrown;
            }
            if (why instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (why instanceof Error thrown) {
                throw thrown;
            }
            var connection = new FakeConnection();
            prepare.accept(connection);
            connections.add(connection);
        }
        return last().connection();
    }

    @Override
    public void close() {
        closed = true;
        if (!connections.isEmpty()) {
            last().close(Signals.own());
        }
    }
}
