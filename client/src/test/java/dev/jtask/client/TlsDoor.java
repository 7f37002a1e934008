package dev.jtask.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS in front of the broker's plain port, on a free loopback port.
final class TlsDoor implements AutoCloseable {

    private final SSLServerSocket door;

    private TlsDoor(SSLServerSocket door) {
        this.door = door;
    }

    /// @param clients whom to let in, null for everybody
    static TlsDoor open(int brokerPort, KeyStore identity, @Nullable KeyStore clients)
            throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity, Certificates.PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(clients == null ? identity : clients);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var door = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        door.setNeedClientAuth(clients != null);
        Thread.startVirtualThread(() -> accept(door, brokerPort));
        return new TlsDoor(door);
    }

    String uri(String host) {
        return "amqps://guest:guest@%s:%d".formatted(host, door.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private static void accept(SSLServerSocket door, int port) {
        while (!door.isClosed()) {
            try {
                var outside = door.accept();
                var inside = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.startVirtualThread(() -> copy(outside, inside));
                Thread.startVirtualThread(() -> copy(inside, outside));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            var _ = from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // A refused handshake or the end of a connection: closing both sides is all there is to do.
        }
    }
}
