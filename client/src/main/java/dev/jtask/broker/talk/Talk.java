package dev.jtask.broker.talk;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The connection for events and remote control. It is none of those on which tasks come and results go, so that
/// nothing that is said here, or that anybody asks for, can disturb them.
public final class Talk implements Supervisor.Life {

    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// Uses the connection until the next one.
    @FunctionalInterface
    public interface Part {

        /// Neither waits for the broker nor throws.
        void attach(Connection connection);
    }

    private final Connection connection;
    private final long since = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Talk(Connection connection) {
        this.connection = connection;
    }

    /// @throws IOException when the broker cannot be reached
    public static Talk open(BrokerOptions broker, List<Part> parts) throws IOException {
        var talk = new Talk(BrokerConnections.open(broker));
        talk.connection.addShutdownListener(cause -> talk.ended.countDown());
        parts.forEach(part -> part.attach(talk.connection));
        return talk;
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public boolean awaitEnd(Duration most) throws InterruptedException {
        return ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean hasProgressed() {
        return System.nanoTime() - since > STEADY_NANOS;
    }

    @Override
    public void abort() {
        ended.countDown();
        BrokerConnections.abortAside(connection);
    }
}
