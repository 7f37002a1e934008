package dev.jtask.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.awaitility.Awaitility;

/// A Redis server for one test class, on a free loopback port, without persistence.
final class RedisNode implements AutoCloseable {

    private final Process process;
    private final int port;

    private RedisNode(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RedisNode start() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var process = new ProcessBuilder(
                        "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var node = new RedisNode(process, port);
        Awaitility.await("Redis answers").ignoreExceptions().until(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
        return node;
    }

    String uri() {
        return "redis://127.0.0.1:%d/0".formatted(port);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
