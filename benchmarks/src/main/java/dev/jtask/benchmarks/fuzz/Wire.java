package dev.jtask.benchmarks.fuzz;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;

/// The sender of a fuzz: what Java's client cannot write, Python's does.
final class Wire implements AutoCloseable {

    static final String QUEUE = "fuzz";
    static final String DEAD = "fuzz.dead";
    private static final int AT_ONCE = 100;
    private static final long PATIENCE_MS = TimeUnit.MINUTES.toMillis(1);

    /// A signed number here is an unsigned one for whoever reads it.
    private static final byte[] UNSIGNED = "fuzz-unsignedl".getBytes(StandardCharsets.US_ASCII);

    private final Connection connection;
    private final Channel channel;
    private final String replies;
    private int unconfirmed;

    Wire(int port) throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setSocketFactory(new Sockets());
        this.connection = factory.newConnection("fuzz");
        this.channel = connection.createChannel();
        channel.confirmSelect();
        channel.queueDeclare(QUEUE, true, false, false, Map.of());
        channel.queueDeclare(DEAD, true, false, false, Map.of());
        channel.queueDeclare("fuzz-side", true, false, false, Map.of());
        this.replies = channel.queueDeclare().getQueue();
    }

    String replies() {
        return replies;
    }

    void send(Mutant mutant) throws IOException, InterruptedException, TimeoutException {
        channel.basicPublish("", QUEUE, mutant.properties(), mutant.body());
        if (++unconfirmed >= AT_ONCE) {
            confirm();
        }
    }

    void confirm() throws IOException, InterruptedException, TimeoutException {
        channel.waitForConfirmsOrDie(PATIENCE_MS);
        unconfirmed = 0;
    }

    int ready() throws IOException {
        return channel.queueDeclarePassive(QUEUE).getMessageCount();
    }

    /// Takes all that there is.
    void take(String queue, Taker taker) throws IOException {
        for (var got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
            taker.take(got);
        }
    }

    /// Gets one message.
    interface Taker {
        void take(GetResponse message) throws IOException;
    }

    @Override
    public void close() {
        connection.abort();
    }

    private static final class Sockets extends SocketFactory {

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public OutputStream getOutputStream() throws IOException {
                    return new Unsigning(super.getOutputStream());
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
            throw new IOException("not asked for");
        }
    }

    private static final class Unsigning extends FilterOutputStream {

        Unsigning(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var mended = new byte[length];
            System.arraycopy(bytes, offset, mended, 0, length);
            for (int i = 0; i + UNSIGNED.length <= length; i++) {
                if (startsAt(mended, i)) {
                    mended[i + UNSIGNED.length - 1] = 'L';
                }
            }
            out.write(mended, 0, length);
        }

        private static boolean startsAt(byte[] bytes, int place) {
            for (int i = 0; i < UNSIGNED.length; i++) {
                if (bytes[place + i] != UNSIGNED[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
