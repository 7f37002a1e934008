package dev.jtask.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opening and closing channels, where the AMQP client says neither that none is left nor that one is closed already.
public final class Channels {

    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private Channels() {}

    /// @throws IOException when the connection has as many as the broker allows
    public static Channel open(Connection connection) throws IOException {
        var channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no further channel on " + connection);
        }
        return channel;
    }

    public static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            LOG.debug("channel {} was closed before", channel.getChannelNumber(), e);
        }
    }
}
