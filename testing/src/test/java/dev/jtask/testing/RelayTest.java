package dev.jtask.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private ServerSocket server;
    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 1, LOOPBACK);
        relay = Relay.start(new ServerSocket(0, 1, LOOPBACK), server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        server.close();
    }

    @Test
    void passesBytesOnInBothDirections() throws IOException {
        try (var client = new Socket(LOOPBACK, relay.port());
                var inside = server.accept()) {
            client.getOutputStream().write(1);
            assertThat(inside.getInputStream().read()).isEqualTo(1);
            inside.getOutputStream().write(2);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void holdsBytesBackUntilItIsReleased() throws IOException {
        try (var client = new Socket(LOOPBACK, relay.port());
                var inside = server.accept()) {
            relay.hold();
            client.getOutputStream().write(1);
            assertThat(hears(inside)).isFalse();

            relay.release();
            assertThat(hears(inside)).isTrue();
        }
    }

    @Test
    void leadsNewConnectionsToAnotherPortAndLeavesTheOthers() throws IOException {
        try (var other = new ServerSocket(0, 1, LOOPBACK);
                var before = new Socket(LOOPBACK, relay.port());
                var inside = server.accept()) {
            relay.turnTo(other.getLocalPort());
            try (var after = new Socket(LOOPBACK, relay.port());
                    var elsewhere = other.accept()) {
                before.getOutputStream().write(1);
                after.getOutputStream().write(2);
                assertThat(inside.getInputStream().read()).isEqualTo(1);
                assertThat(elsewhere.getInputStream().read()).isEqualTo(2);
            }
        }
    }

    @Test
    void strandsWhatIsConnectedAndLetsNewOnesThrough() throws IOException {
        try (var client = new Socket(LOOPBACK, relay.port());
                var inside = server.accept()) {
            client.getOutputStream().write(1);
            assertThat(inside.getInputStream().read()).isEqualTo(1);
            relay.strand();
            client.getOutputStream().write(2);
            assertThat(hears(inside)).isFalse();
            try (var next = new Socket(LOOPBACK, relay.port());
                    var nextInside = server.accept()) {
                next.getOutputStream().write(3);
                assertThat(nextInside.getInputStream().read()).isEqualTo(3);
            }

            client.shutdownOutput();
            assertThat(inside.getInputStream().read())
                    .as("it learns of the end")
                    .isEqualTo(-1);
        }
    }

    @Test
    void endsBothSidesWhenOneEnds() throws IOException {
        try (var client = new Socket(LOOPBACK, relay.port());
                var inside = server.accept()) {
            inside.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void cutsWhatIsConnectedAndLetsNewOnesThrough() throws IOException {
        try (var client = new Socket(LOOPBACK, relay.port());
                var inside = server.accept()) {
            client.getOutputStream().write(1);
            assertThat(inside.getInputStream().read()).isEqualTo(1);
            relay.cut();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(inside.getInputStream().read()).isEqualTo(-1);
        }
        try (var next = new Socket(LOOPBACK, relay.port());
                var inside = server.accept()) {
            next.getOutputStream().write(2);
            assertThat(inside.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void comesThroughAgainWhenWhoeverIsBehindItWasAway() throws IOException {
        int port = server.getLocalPort();
        server.close();
        try (var early = new Socket(LOOPBACK, relay.port())) {
            assertThat(early.getInputStream().read()).isEqualTo(-1);
        }
        server = new ServerSocket(port, 1, LOOPBACK);
        try (var next = new Socket(LOOPBACK, relay.port());
                var inside = server.accept()) {
            next.getOutputStream().write(1);
            assertThat(inside.getInputStream().read()).isEqualTo(1);
        }
    }

    private static boolean hears(Socket socket) throws IOException {
        socket.setSoTimeout(300);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(0);
        }
    }
}
