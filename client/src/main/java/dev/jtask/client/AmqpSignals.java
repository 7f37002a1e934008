package dev.jtask.client;

import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Channels;
import dev.jtask.broker.OwnConnection;
import dev.jtask.broker.Queues;
import dev.jtask.broker.SignalChannel;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Signals in RabbitMQ, over connections that the first of them opens. One writes the values: a broker that is out of
/// memory blocks those who publish, and nobody shall hear less for that. The other wakes tasks, and may be lost over
/// it: RabbitMQ ends it when it is asked for a message of a quorum queue that is about to be made. To wake once more
/// does no harm, to write once more would leave open whose value counts.
final class AmqpSignals implements SignalPost, AutoCloseable {

    private static final long PAUSE_MS = 100;
    private static final int TRIES = 50;

    private final OwnConnection writing;
    private final OwnConnection waking;
    private final CountDownLatch closing = new CountDownLatch(1);

    AmqpSignals(BrokerOptions broker) {
        this.writing = new OwnConnection(broker.named(broker.connectionName() + " gives signals"));
        this.waking = new OwnConnection(broker.named(broker.connectionName() + " wakes tasks"));
    }

    @Override
    public boolean give(SignalPlace at, WireMessage value) throws IOException {
        try {
            boolean first = on(writing, signals -> signals.put(at, value));
            wake(at);
            return first;
        } catch (IOException e) {
            throw new IOException(fixed(String.valueOf(Queues.reason(e))), e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        writing.close();
        waking.close();
    }

    private void wake(SignalPlace at) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                on(waking, signals -> {
                    signals.wake(at);
                    return true;
                });
                return;
            } catch (IOException e) {
                if (SignalChannel.isRefused(e) || tries >= TRIES || isOver()) {
                    throw e;
                }
            }
        }
    }

    /// After a pause.
    private boolean isOver() {
        try {
            return closing.await(PAUSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// What is done on a channel that confirms.
    @FunctionalInterface
    private interface Use {
        boolean with(SignalChannel signals) throws IOException;
    }

    private static boolean on(OwnConnection connection, Use use) throws IOException {
        try {
            var channel = Channels.open(connection.connection());
            try {
                channel.confirmSelect();
                return use.with(new SignalChannel(channel));
            } finally {
                Channels.close(channel);
            }
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        }
    }

    private static String fixed(String why) {
        return why.contains("ACCESS_REFUSED")
                ? why + "; let the client's user configure and read jtask\\.signals\\..*, and write to amq.default"
                : why;
    }
}
