package dev.jtask.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Lets pods reach a port that listens on this machine's loopback only: the broker under test stays private.
final class Bridge implements AutoCloseable {

    private final ServerSocket door;

    private Bridge(ServerSocket door) {
        this.door = door;
    }

    /// @param address of this machine as pods see it
    static Bridge open(String address, int loopbackPort) throws IOException {
        var door = new ServerSocket();
        door.bind(new InetSocketAddress(address, 0));
        Thread.startVirtualThread(() -> accept(door, loopbackPort));
        return new Bridge(door);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private static void accept(ServerSocket door, int port) {
        try {
            while (true) {
                var outside = door.accept();
                var inside = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.startVirtualThread(() -> copy(outside, inside));
                Thread.startVirtualThread(() -> copy(inside, outside));
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            var _ = from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side hung up: try-with-resources tells the other.
        }
    }
}
