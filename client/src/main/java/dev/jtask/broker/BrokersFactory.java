package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.impl.ConnectionParams;
import com.rabbitmq.client.impl.DefaultCredentialsProvider;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import dev.jtask.protocol.tls.TlsVersions;
import dev.jtask.protocol.uri.BrokerUri;
import dev.jtask.protocol.uri.BrokerUri.Identity;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Opens a connection to any of several [Place]s, each of which may have its own login, vhost and TLS. The client
/// library knows one login for all its addresses, so it is told the right one as it turns to an address, just before it
/// reads it: on the first connection and on each that follows a loss.
///
/// One factory is for one connection, as all that it opens share what was said last.
final class BrokersFactory extends ConnectionFactory {

    /// What one place may take to be connected to, and again to answer, when it is the only one; several share it.
    private static final int PATIENCE_MS = 10_000;
    private static final int LEAST_PATIENCE_MS = 2_000;

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    /// What RabbitMQ lets a broker be configured to take at most; the client's own limit of 64 MiB would end the
    /// connection over a message that the broker has taken.
    private static final int MOST_BYTES = 512 << 20;

    private static final int RPC_TIMEOUT_MS = 10_000;

    private final BrokerOptions options;
    private final Place.Names names;
    private final List<Place> first;
    private final int patienceMs;
    private final Duration longestHeartbeat;
    private @Nullable ExecutorService consumers;
    private volatile @Nullable ConnectionParams said;
    private volatile List<Place> only = List.of();

    /// @param longestHeartbeat a URI may ask for a shorter one; null where it may ask for any
    BrokersFactory(BrokerOptions options, @Nullable Duration longestHeartbeat, Place.Names names) {
        this.options = options;
        this.names = names;
        this.longestHeartbeat = longestHeartbeat == null ? Duration.ofDays(1) : longestHeartbeat;
        this.first = places();
        this.patienceMs = Math.max(LEAST_PATIENCE_MS, PATIENCE_MS / Math.max(1, first.size()));
        configure(this);
        setHandshakeTimeout(patienceMs);
        setChannelRpcTimeout(RPC_TIMEOUT_MS);
        // an answer that comes too late is not the next command's
        setChannelShouldCheckRpcResponseType(true);
        setThreadFactory(BrokerThread.factory());
        setExceptionHandler(new Quiet(options));
        setAutomaticRecoveryEnabled(false);
        setTopologyRecoveryEnabled(false);
    }

    /// Its consumers are called on the connection's own thread, from the next connection on.
    void callConsumersAtOnce() {
        consumers = new CallersThread();
    }

    /// All that may be tried, as the names resolved when this was made: a name server that is away has been waited for.
    List<Place> first() {
        return first;
    }

    int patienceMs() {
        return patienceMs;
    }

    /// Connects to one place. Where the library re-establishes the connection, it takes any place then.
    Connection connectTo(Place place) throws IOException, TimeoutException {
        only = List.of(place);
        try {
            return newConnection(
                    consumers,
                    () -> only.isEmpty() ? List.copyOf(places()) : List.copyOf(only),
                    options.connectionName());
        } finally {
            only = List.of();
        }
    }

    /// As the names resolve now, in a new order of chance.
    private List<Place> places() {
        return Place.shuffled(options.brokers(), names);
    }

    @Override
    public ConnectionParams params(ExecutorService executor) {
        var params = super.params(executor);
        said = params;
        return params;
    }

    @Override
    protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
        var doors = new HashMap<BrokerUri, FrameHandlerFactory>();
        for (var broker : options.brokers()) {
            doors.put(broker, door(broker).createFrameHandlerFactory());
        }
        return (address, name) -> {
            var broker = ((Place) address).broker();
            var params = said;
            var door = doors.get(broker);
            if (params == null || door == null) {
                throw new IOException("no connection to %s was asked for".formatted(broker));
            }
            params.setVirtualHost(broker.vhost());
            params.setRequestedHeartbeat((int) heartbeat(broker).toSeconds());
            var frames = logIn(broker, params, () -> door.create(address, name));
            params.setShutdownExecutor(new Endings(frames::close));
            return frames;
        };
    }

    private FrameHandler logIn(BrokerUri broker, ConnectionParams params, Opening opening) throws IOException {
        var oauth = options.oauth();
        if (oauth != null) {
            // before there is a connection, as the broker does not wait long for who it is
            oauth.ready();
            var frames = opening.open();
            oauth.prepare(params, frames::close);
            return frames;
        }
        params.setCredentialsProvider(new DefaultCredentialsProvider(
                broker.login().user(), broker.login().password()));
        params.setSaslConfig(
                broker.identity() == Identity.CERTIFICATE ? DefaultSaslConfig.EXTERNAL : DefaultSaslConfig.PLAIN);
        return opening.open();
    }

    /// Opens a connection's socket.
    private interface Opening {
        FrameHandler open() throws IOException;
    }

    private PackingFactory door(BrokerUri broker) throws IOException {
        var door = new PackingFactory();
        configure(door);
        // a socket is closed also where what was written last cannot be handed on
        door.setShutdownExecutor(Endings.THREADS);
        var asked = broker.connectTimeout();
        door.setConnectionTimeout(asked == null ? patienceMs : (int) asked.toMillis());
        if (broker.identity() == Identity.CERTIFICATE
                && (!broker.tls() || options.tls().certificate() == null)) {
            throw new IOException(
                    "broker %s: auth_mechanism=external needs amqps:// and a client certificate with its key"
                            .formatted(broker));
        }
        if (broker.tls()) {
            door.useSslProtocol(TlsContext.of(options));
            door.enableHostnameVerification();
            door.setSocketConfigurator(door.getSocketConfigurator().andThen(socket -> {
                if (socket instanceof SSLSocket secured) {
                    secured.setEnabledProtocols(TlsVersions.spoken());
                }
            }));
        }
        return door;
    }

    private Duration heartbeat(BrokerUri broker) {
        var asked = broker.heartbeat() == null ? HEARTBEAT : broker.heartbeat();
        return asked.compareTo(longestHeartbeat) > 0 ? longestHeartbeat : asked;
    }

    private static void configure(ConnectionFactory factory) {
        factory.setMaxInboundMessageBodySize(MOST_BYTES);
    }
}
