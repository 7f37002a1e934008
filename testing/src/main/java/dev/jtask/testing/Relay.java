package dev.jtask.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Passes bytes on between whoever connects to a door and a port on this machine's loopback: puts TLS in front of a
/// broker, lets pods reach it, or holds everything back as a network does that has lost its way.
public final class Relay implements AutoCloseable {

    private static final int BUFFER = 8_192;

    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition flowing = turn.newCondition();
    private volatile int loopbackPort;
    private boolean held;
    private int generation;

    private Relay(ServerSocket door, int loopbackPort) {
        this.door = door;
        this.loopbackPort = loopbackPort;
    }

    /// @param door bound by the caller, closed by [#close()]
    public static Relay start(ServerSocket door, int loopbackPort) {
        var relay = new Relay(door, loopbackPort);
        background(relay::accept);
        return relay;
    }

    /// The door's port.
    public int port() {
        return door.getLocalPort();
    }

    /// Passes nothing on, in either direction, while all connections stay open: neither side can tell.
    public void hold() {
        set(true);
    }

    /// Passes on what was held, and everything after it.
    public void release() {
        set(false);
    }

    /// Swallows from now on what comes over the connections that there are, which stay open; new ones come through. So
    /// does a network that has forgotten a connection and tells nobody.
    public void strand() {
        turn.lock();
        try {
            generation++;
        } finally {
            turn.unlock();
        }
    }

    /// Leads new connections to another port on this machine's loopback; those that there are stay where they are.
    /// So does a name that is given to another server.
    public void turnTo(int otherPort) {
        loopbackPort = otherPort;
    }

    /// Ends all connections that there are; new ones come through.
    public void cut() {
        for (var socket : List.copyOf(sockets)) {
            close(socket);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void set(boolean hold) {
        turn.lock();
        try {
            held = hold;
            flowing.signalAll();
        } finally {
            turn.unlock();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                pass(door.accept(), loopbackPort);
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pass(Socket outside, int port) {
        Socket inside;
        try {
            inside = new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            close(outside); // nobody is at home, for now
            return;
        }
        sockets.add(outside);
        sockets.add(inside);
        int born = generation();
        background(() -> copy(outside, inside, born));
        background(() -> copy(inside, outside, born));
    }

    private static void background(Runnable work) {
        var thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void copy(Socket from, Socket to, int born) {
        var buffer = new byte[BUFFER];
        try (from;
                to) {
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                awaitFlow();
                if (generation() == born) {
                    to.getOutputStream().write(buffer, 0, length);
                }
            }
        } catch (IOException e) {
            // a refused handshake or the end of a connection: closing both sides is all there is to do
        } finally {
            sockets.remove(from);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it was closed by its other side
        }
    }

    private int generation() {
        turn.lock();
        try {
            return generation;
        } finally {
            turn.unlock();
        }
    }

    private void awaitFlow() {
        turn.lock();
        try {
            while (held) {
                flowing.awaitUninterruptibly();
            }
        } finally {
            turn.unlock();
        }
    }
}
