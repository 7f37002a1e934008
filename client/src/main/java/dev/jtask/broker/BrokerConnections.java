package dev.jtask.broker;

import static com.rabbitmq.client.impl.recovery.TopologyRecoveryRetryLogic.RECOVER_CHANNEL;
import static com.rabbitmq.client.impl.recovery.TopologyRecoveryRetryLogic.RECOVER_QUEUE;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.recovery.RetryHandler;
import com.rabbitmq.client.impl.recovery.TopologyRecoveryRetryHandlerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Opens AMQP connections from [BrokerOptions].
public final class BrokerConnections {

    private static final int CONNECT_TIMEOUT_MS = 10_000;
    private static final int HEARTBEAT_SECONDS = 30;
    private static final int RECOVERY_INTERVAL_MS = 1_000;
    private static final int RPC_TIMEOUT_MS = 10_000;
    /// What RabbitMQ lets a broker be configured to take at most; the client's own limit of 64 MiB would end the
    /// connection
    /// over a message that the broker has taken.
    private static final int MOST_BYTES = 512 << 20;

    private static final int UNLOCK_ATTEMPTS = 4 * HEARTBEAT_SECONDS;

    private BrokerConnections() {}

    /// Opens a connection that ends when it is lost: the caller reconnects, and knows what to forget.
    ///
    /// @throws IOException naming host and cause, never credentials
    public static Connection open(BrokerOptions options) throws IOException {
        return connect(options, factory(options));
    }

    /// As [#open(BrokerOptions)]; either side takes a silent other for lost after two to three of these periods.
    ///
    /// @param heartbeat in whole seconds, 1 or more
    public static Connection open(BrokerOptions options, Duration heartbeat) throws IOException {
        var factory = factory(options);
        factory.setRequestedHeartbeat((int) heartbeat.toSeconds());
        return connect(options, factory);
    }

    /// Opens a connection that the AMQP client re-establishes, with its queues and consumers, after a loss.
    public static Connection openRecovering(BrokerOptions options) throws IOException {
        var factory = factory(options);
        factory.setAutomaticRecoveryEnabled(true);
        factory.setTopologyRecoveryEnabled(true);
        factory.setNetworkRecoveryInterval(RECOVERY_INTERVAL_MS);
        factory.setTopologyRecoveryRetryHandler(untilUnlocked());
        return connect(options, factory);
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

    static ConnectionFactory factory(BrokerOptions options) throws IOException {
        ConnectionFactory factory = new MendingFactory();
        factory.setMaxInboundMessageBodySize(MOST_BYTES);
        factory.setHost(options.host());
        factory.setPort(options.port());
        factory.setVirtualHost(options.vhost());
        factory.setUsername(options.username());
        factory.setPassword(options.password());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setThreadFactory(BrokerThread.factory());
        factory.setChannelRpcTimeout(RPC_TIMEOUT_MS);
        if (options.login() == BrokerOptions.Login.CERTIFICATE) {
            if (!options.tls() || options.certificate() == null) {
                throw new IOException(
                        "broker %s: auth_mechanism=external needs amqps:// and a client certificate with its key"
                                .formatted(options));
            }
            factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
        }
        if (options.tls()) {
            factory.useSslProtocol(TlsContext.of(options));
            factory.enableHostnameVerification();
        }
        return factory;
    }

    private static Connection connect(BrokerOptions options, ConnectionFactory factory) throws IOException {
        try {
            return factory.newConnection(options.connectionName());
        } catch (TimeoutException e) {
            throw new IOException(
                    "broker %s did not answer within %d s".formatted(options, CONNECT_TIMEOUT_MS / 1000), e);
        } catch (IOException e) {
            throw new IOException("cannot connect to broker %s: %s".formatted(options, Refusals.why(e)), e);
        }
    }
}
