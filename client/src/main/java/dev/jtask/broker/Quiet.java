package dev.jtask.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Recoverable;
import com.rabbitmq.client.RecoveryListener;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says once that a connection is lost and once that it is there again, where the client library says something at each
/// try. That a socket was closed is told by whoever owns the connection.
final class Quiet extends DefaultExceptionHandler implements RecoveryListener {

    private static final Logger LOG = LoggerFactory.getLogger(Quiet.class);
    /// One line when it begins, and then one in a minute.
    private static final int REMIND = 60;

    private final BrokerOptions options;
    private final AtomicInteger failures = new AtomicInteger();

    Quiet(BrokerOptions options) {
        this.options = options;
    }

    @Override
    public void handleUnexpectedConnectionDriverException(Connection connection, Throwable failure) {
        if (failure instanceof SocketException
                || failure instanceof EOFException
                || failure instanceof SocketTimeoutException
                || failure instanceof SSLException) {
            LOG.debug("{}: the connection broke", options.connectionName(), failure);
        } else {
            super.handleUnexpectedConnectionDriverException(connection, failure);
        }
    }

    /// Ends the channel, and waits for the broker's answer to that: not on the thread that reads it.
    @Override
    public void handleConsumerException(
            Channel channel, Throwable failure, Consumer consumer, String consumerTag, String method) {
        Continuations.OWN_THREAD.execute(
                () -> super.handleConsumerException(channel, failure, consumer, consumerTag, method));
    }

    @Override
    public void handleConnectionRecoveryException(Connection connection, Throwable failure) {
        Unconnected.tell(options, failure);
        if (failures.getAndIncrement() % REMIND == 0) {
            LOG.warn(
                    "{}: no connection to {}, at last: {}; trying again",
                    options.connectionName(),
                    options,
                    Refusals.why(failure));
        }
        LOG.debug("{}: the cause", options.connectionName(), failure);
    }

    @Override
    public void handleRecovery(Recoverable connection) {
        if (failures.getAndSet(0) > 0) {
            LOG.info("{}: connected again", options.connectionName());
        }
    }

    @Override
    public void handleRecoveryStarted(Recoverable connection) {
        LOG.debug("{}: connecting again", options.connectionName());
    }
}
