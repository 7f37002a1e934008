package dev.jtask.operator.depth;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import dev.jtask.oauth.OAuthLogin;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.protocol.tls.TlsVersions;
import dev.jtask.protocol.uri.BrokerUri;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Connections as RabbitMQ's client opens them: each broker is tried once, in an order of chance.
final class AmqpLines implements Line.Opener {

    private static final String NAME = "jtask-operator";
    private static final int HEARTBEAT_SECONDS = 20;
    private static final int CHANNELS = 8;
    private static final int ANSWER_MS = 2_000;
    /// Nothing that a broker has to say here is longer.
    private static final int MOST_BYTES = 1 << 20;

    private final int patienceMs;
    private final @Nullable OAuthLogin tokens;

    private AmqpLines(Duration patience, @Nullable OAuthLogin tokens) {
        this.patienceMs = (int) patience.toMillis();
        this.tokens = tokens;
    }

    /// @param patience with connecting, and again with the handshake
    static AmqpLines to(AmqpAccess access, Duration patience) {
        var oauth = access.oauth();
        return new AmqpLines(patience, oauth == null ? null : oauth.login());
    }

    @Override
    public Line open(AmqpAccess access) throws IOException {
        var brokers = new ArrayList<>(access.brokers());
        Collections.shuffle(brokers);
        var failures = new ArrayList<String>();
        boolean silent = true;
        for (var broker : brokers) {
            try {
                return open(broker, access.tls());
            } catch (IOException | TimeoutException | GeneralSecurityException | RuntimeException e) {
                // whatever one does, the others may be better
                failures.add("%s: %s".formatted(broker, reason(e)));
                silent &= isSilence(e);
            }
        }
        var all = String.join("; ", failures);
        throw silent ? new NoAnswerException(all) : new IOException(all);
    }

    private Line open(BrokerUri broker, TlsMaterial tls)
            throws IOException, TimeoutException, GeneralSecurityException {
        if (tokens == null) {
            var factory = new ConnectionFactory();
            factory.setUsername(broker.login().user());
            factory.setPassword(broker.login().password());
            if (broker.identity() == BrokerUri.Identity.CERTIFICATE) {
                factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
            }
            return line(set(factory, broker, tls).newConnection(NAME));
        }
        ready(tokens);
        var factory = new TokenFactory(tokens);
        try {
            var connection = set(factory, broker, tls).newConnection(NAME);
            factory.opened(connection);
            return line(connection);
        } catch (PossibleAuthenticationFailureException e) {
            tokens.refused();
            throw e;
        }
    }

    private static Line line(Connection connection) {
        return new AmqpLine(connection, CHANNELS, Duration.ofMillis(ANSWER_MS));
    }

    /// Before there is a connection, as the broker does not wait long for who it is.
    private static void ready(OAuthLogin tokens) throws IOException {
        try {
            tokens.ready();
        } catch (IOException e) {
            // without its cause, which says nothing of whose answer it was
            throw new IOException(e.getMessage());
        }
    }

    private static boolean isSilence(Exception failure) {
        var cause = root(failure);
        return !(failure instanceof PossibleAuthenticationFailureException)
                && (cause instanceof SocketException
                        || cause instanceof SocketTimeoutException
                        || cause instanceof UnknownHostException
                        || cause instanceof TimeoutException);
    }

    private ConnectionFactory set(ConnectionFactory factory, BrokerUri broker, TlsMaterial tls)
            throws GeneralSecurityException {
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setVirtualHost(broker.vhost());
        if (broker.tls()) {
            factory.useSslProtocol(tls.context().orElse(SSLContext.getDefault()));
            factory.enableHostnameVerification();
            factory.setSocketConfigurator(factory.getSocketConfigurator().andThen(socket -> {
                if (socket instanceof SSLSocket secured) {
                    secured.setEnabledProtocols(TlsVersions.spoken());
                }
            }));
        }
        factory.setConnectionTimeout(patienceMs);
        factory.setHandshakeTimeout(patienceMs);
        factory.setChannelRpcTimeout(ANSWER_MS);
        factory.setShutdownTimeout(ANSWER_MS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setRequestedChannelMax(CHANNELS);
        factory.setMaxInboundMessageBodySize(MOST_BYTES);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setThreadFactory(Thread.ofVirtual().name("jtask-depth").factory());
        factory.setExceptionHandler(new Quiet());
        return factory;
    }

    /// Whoever counts next says that the connection is gone.
    private static final class Quiet extends DefaultExceptionHandler {
        @Override
        protected void log(String message, Throwable failure) {}
    }

    private static Throwable root(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String reason(Throwable failure) {
        var cause = root(failure);
        var message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
