package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/// The ends of channels and connections, as the AMQP client reports them.
final class Signals {

    private Signals() {}

    /// The broker closes a channel.
    static ShutdownSignalException channel(int code, String text) {
        var close = new AMQP.Channel.Close.Builder()
                .replyCode(code)
                .replyText(text)
                .classId(0)
                .methodId(0)
                .build();
        return new ShutdownSignalException(false, false, close, "channel");
    }

    /// The broker closes the connection.
    static ShutdownSignalException connection(int code, String text) {
        var close = new AMQP.Connection.Close.Builder()
                .replyCode(code)
                .replyText(text)
                .classId(0)
                .methodId(0)
                .build();
        return new ShutdownSignalException(true, false, close, "connection");
    }

    /// The network loses the connection.
    static ShutdownSignalException network() {
        return new ShutdownSignalException(true, false, null, "connection", "", new IOException("Connection reset"));
    }

    /// The broker has not answered in time.
    static IOException silence() {
        return new ChannelContinuationTimeoutException(
                new TimeoutException("no answer"),
                "channel",
                1,
                new AMQP.Queue.DeclareOk.Builder().queue("q").build());
    }

    /// We close the channel ourselves.
    static ShutdownSignalException own() {
        return new ShutdownSignalException(false, true, new AMQP.Channel.Close.Builder().build(), "channel");
    }
}
