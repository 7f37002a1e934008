package dev.jtask.worker.celery;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.broker.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection for events and remote control. It is none of those on which tasks come and results go, so that
/// nothing
/// that is said here, or that anybody asks for, can disturb them.
public final class Talk implements Supervisor.Life {

    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
    private static final int ABORT_MS = 1_000;
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// Uses the connection until the next one.
    @FunctionalInterface
    public interface Part {

        /// @throws IOException when the broker does not let us: everything else goes on without it
        void attach(Connection connection) throws IOException;
    }

    private final Connection connection;
    private final long since = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Talk(Connection connection) {
        this.connection = connection;
    }

    public static Talk open(BrokerOptions broker, List<Part> parts) throws IOException {
        var talk = new Talk(BrokerConnections.open(broker));
        talk.connection.addShutdownListener(cause -> talk.ended.countDown());
        for (var part : parts) {
            try {
                part.attach(talk.connection);
            } catch (AlreadyClosedException e) {
                LOG.debug("the connection was lost before everything used it", e);
            } catch (IOException e) {
                LOG.warn("going on without it: {}", Queues.reason(e));
            }
        }
        return talk;
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
        Thread.ofPlatform().daemon().name("abort").start(() -> connection.abort(ABORT_MS));
    }
}
