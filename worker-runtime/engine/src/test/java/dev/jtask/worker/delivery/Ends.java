package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/// The ends of channels and connections, as the AMQP client reports them.
final class Ends {

    private Ends() {}

    /// The broker refuses a command, and closes the channel.
    static ShutdownSignalException refused(int code, String text) {
        var close = new AMQP.Channel.Close.Builder()
                .replyCode(code)
                .replyText(text)
                .classId(0)
                .methodId(0)
                .build();
        return new ShutdownSignalException(false, false, close, "channel");
    }

    /// RabbitMQ 3.10's words for a delivery that was not acknowledged within so many milliseconds.
    static ShutdownSignalException timedOut(long millis) {
        return refused(
                AMQP.PRECONDITION_FAILED,
                "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: " + millis
                        + " ms. This timeout value can be configured, see consumers doc guide to learn more");
    }

    /// RabbitMQ 3.10's answer to a command for a quorum queue without a leader: it ends the connection.
    static ShutdownSignalException breakdown() {
        var close = new AMQP.Connection.Close.Builder()
                .replyCode(AMQP.INTERNAL_ERROR)
                .replyText("INTERNAL_ERROR")
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

    /// We close it ourselves.
    static ShutdownSignalException own() {
        return new ShutdownSignalException(false, true, new AMQP.Channel.Close.Builder().build(), "channel");
    }
}
