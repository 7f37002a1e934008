package dev.jtask.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Passes bytes on between whoever connects to a door and a port on this machine's loopback: puts TLS in front of a
/// broker, or lets pods reach it.
public final class Relay implements AutoCloseable {

    private final ServerSocket door;

    private Relay(ServerSocket door) {
        this.door = door;
    }

    /// @param door bound by the caller, closed by [#close()]
    public static Relay start(ServerSocket door, int loopbackPort) {
        Thread.startVirtualThread(() -> accept(door, loopbackPort));
        return new Relay(door);
    }

    /// The door's port.
    public int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private static void accept(ServerSocket door, int port) {
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
