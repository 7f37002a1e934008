package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opening and closing channels, where the AMQP client says neither that none is left nor that one is closed already.
public final class Channels {

    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    /// What is done with a channel that nobody needs afterwards.
    @FunctionalInterface
    public interface Use {
        void with(Channel channel) throws IOException;
    }

    private Channels() {}

    /// @throws IOException when the connection is closed, or has as many as the broker allows
    public static Channel open(Connection connection) throws IOException {
        assert BrokerThread.mayWait() : "a thread of the connection waits for the broker";
        Channel channel;
        try {
            channel = connection.createChannel();
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        }
        if (channel == null) {
            throw new IOException("the broker allows no further channel on " + connection);
        }
        return channel;
    }

    /// On a channel of its own, which a refusal may close.
    public static void on(Connection connection, Use use) throws IOException {
        var channel = open(connection);
        try {
            use.with(channel);
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        } finally {
            close(channel);
        }
    }

    /// Whether a command failed since the broker does not answer any more, or not in time: the next one would, too.
    public static boolean isSilent(Throwable failure) {
        return Refusals.isSilence(failure);
    }

    /// Whether the broker has ended the connection over this command, as it does over a quorum queue without a
    /// majority, or has left it unanswered and may still do so.
    public static boolean mayCostConnection(Throwable failure) {
        return Refusals.isLate(failure) || Refusals.hasProtested(failure);
    }

    /// Whether the broker has ended the connection by a failure of its own, which it has when a queue's leader is gone.
    public static boolean isBreakdown(ShutdownSignalException signal) {
        return Refusals.isProtest(signal)
                && ((AMQP.Connection.Close) signal.getReason()).getReplyCode() == AMQP.INTERNAL_ERROR;
    }

    /// Whether the broker answers on this connection at all, which is asked of it.
    public static boolean answers(Connection connection) {
        try {
            close(open(connection));
            return connection.isOpen();
        } catch (IOException e) {
            LOG.debug("nothing is answered on {}", connection, e);
            return false;
        }
    }

    /// Listens for a channel's end. One whose lock a writer holds is told by the client library that it is closed, and
    /// not why: since its connection is.
    public static void onEnd(Channel channel, ShutdownListener listener) {
        channel.addShutdownListener(cause -> listener.shutdownCompleted(
                cause == null ? channel.getConnection().getCloseReason() : cause));
    }

    public static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            LOG.debug("channel {} was closed before", channel.getChannelNumber(), e);
        }
    }
}
