package dev.jtask.broker;

import static com.rabbitmq.client.impl.recovery.TopologyRecoveryRetryLogic.RECOVER_CHANNEL;
import static com.rabbitmq.client.impl.recovery.TopologyRecoveryRetryLogic.RECOVER_QUEUE;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Recoverable;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.recovery.RetryHandler;
import com.rabbitmq.client.impl.recovery.TopologyRecoveryRetryHandlerBuilder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Opens AMQP connections from [BrokerOptions]: each broker is tried once, in an order of chance, before an opening has
/// failed. Who opens again waits between such rounds and not within them.
public final class BrokerConnections {

    private static final int RECOVERY_INTERVAL_MS = 1_000;
    /// As long as the broker may take to miss the heartbeats of a connection that is gone.
    private static final int UNLOCK_ATTEMPTS = 120;

    private static final int ABORT_MS = 1_000;
    private static final int CUT_MS = 1_500;

    private BrokerConnections() {}

    /// Ends a connection, whatever state it is in; what is unacknowledged on it goes back. Waits for the
    /// broker's word for a second, and no longer where the broker reads nothing: the socket is closed then.
    public static void abort(Connection connection) {
        var aside = aside(connection);
        try {
            aside.join(2 * ABORT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends a connection and does not wait: one that hangs takes its time, and some may not be ended on their
    /// own threads.
    public static void abortAside(Connection connection) {
        var ignored = aside(connection);
    }

    private static Thread aside(Connection connection) {
        var thread = new Thread(() -> end(connection), "abort");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void end(Connection connection) {
        var hangs = new CompletableFuture<@Nullable Void>().completeOnTimeout(null, CUT_MS, TimeUnit.MILLISECONDS);
        // to end it once more is to close its socket, without a word
        var ignored = hangs.thenRunAsync(() -> connection.abort(ABORT_MS), Continuations.OWN_THREAD);
        connection.abort(ABORT_MS);
        hangs.cancel(false);
    }

    /// Opens a connection that ends when it is lost: the caller reconnects, and knows what to forget.
    ///
    /// @throws IOException naming each broker that was tried and the cause, never credentials
    public static Connection open(BrokerOptions options) throws IOException {
        return connect(options, new BrokersFactory(options, null, InetAddress::getAllByName));
    }

    /// As [#open(BrokerOptions)]; either side takes a silent other for lost after two to three of these periods.
    ///
    /// @param heartbeat in whole seconds, 1 or more; the URI may ask for a shorter one
    public static Connection open(BrokerOptions options, Duration heartbeat) throws IOException {
        return connect(options, new BrokersFactory(options, heartbeat, InetAddress::getAllByName));
    }

    /// As [#open(BrokerOptions)], for consumers that wait for nothing: they are called on the thread that reads from
    /// the broker, so that no other is woken for each message. One that asked the broker for something there would
    /// wait for an answer that nobody reads.
    public static Connection openDirect(BrokerOptions options) throws IOException {
        var factory = new BrokersFactory(options, null, InetAddress::getAllByName);
        factory.callConsumersAtOnce();
        return connect(options, factory);
    }

    /// Opens a connection that the AMQP client re-establishes, with its queues and consumers, after a loss: with any of
    /// the brokers.
    public static Connection openRecovering(BrokerOptions options) throws IOException {
        var factory = new BrokersFactory(options, null, InetAddress::getAllByName);
        factory.setAutomaticRecoveryEnabled(true);
        factory.setTopologyRecoveryEnabled(true);
        factory.setNetworkRecoveryInterval(RECOVERY_INTERVAL_MS);
        factory.setTopologyRecoveryRetryHandler(untilUnlocked());
        var connection = connect(options, factory);
        if (factory.getExceptionHandler() instanceof Quiet quiet) {
            ((Recoverable) connection).addRecoveryListener(quiet);
        }
        return connection;
    }

    /// A broker that has not noticed yet that the old connection is gone keeps its exclusive queues locked, until it
    /// misses heartbeats.
    private static RetryHandler untilUnlocked() {
        return TopologyRecoveryRetryHandlerBuilder.builder()
                .queueRecoveryRetryCondition((queue, failure) -> queue.isExclusive() && isLocked(failure))
                .queueRecoveryRetryOperation(RECOVER_CHANNEL.andThen(RECOVER_QUEUE))
                .retryAttempts(UNLOCK_ATTEMPTS)
                .backoffPolicy(attempt -> TimeUnit.MILLISECONDS.sleep(RECOVERY_INTERVAL_MS))
                .build();
    }

    private static boolean isLocked(Exception failure) {
        return failure.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.RESOURCE_LOCKED;
    }

    private static Connection connect(BrokerOptions options, BrokersFactory factory) throws IOException {
        var round = new Round(options, factory.patienceMs());
        for (var place : factory.first()) {
            try {
                return factory.connectTo(place);
            } catch (IOException | TimeoutException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while connecting to " + place.broker());
                }
                round.failed(place, e);
            }
        }
        throw round.failure();
    }
}
