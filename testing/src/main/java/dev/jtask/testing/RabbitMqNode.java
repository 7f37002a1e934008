package dev.jtask.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real RabbitMQ server, private to this JVM: own directory, own Erlang cookie and port mapper, loopback ports that
/// were free. It ends when it is closed, when the JVM exits, and also when the JVM is killed.
///
/// The server is the installed one, or the one whose commands are in the folder `JTASK_TEST_RABBITMQ`. With
/// `JTASK_TEST_BROKER` (an AMQP URI) and `JTASK_TEST_BROKER_MANAGEMENT` (an HTTP URI with credentials) it stands for
/// that server instead; [#restart()], [#kill()] and [#ctl(String...)] are then refused.
public final class RabbitMqNode implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;
    private static final int MOST_STARTS = 3;

    private final ServerProcess server;
    private final String amqpUri;
    private final String managementUri;

    private RabbitMqNode(ServerProcess server, String amqpUri, String managementUri) {
        this.server = server;
        this.amqpUri = amqpUri;
        this.managementUri = managementUri;
    }

    /// Whether [#start()] finds a server.
    public static boolean isInstalled() {
        return System.getenv("JTASK_TEST_BROKER") != null || ServerProcess.isInstalled();
    }

    /// Starts a node in a new temporary directory that is deleted at the end.
    ///
    /// @throws IllegalStateException when no server is installed or it does not start within two minutes
    public static RabbitMqNode start() {
        try {
            return start(Files.createTempDirectory("jtask-rabbitmq"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a node that keeps its data and logs in the given directory, which is deleted at the end.
    ///
    /// @param settings more lines of `rabbitmq.conf`
    public static RabbitMqNode start(Path directory, String... settings) {
        return start(directory, List.of(), settings);
    }

    /// Starts a node that keeps its data and logs in the given directory, which is deleted at the end.
    ///
    /// @param plugins that are enabled besides `rabbitmq_management`
    /// @param settings more lines of `rabbitmq.conf`
    public static RabbitMqNode start(Path directory, List<String> plugins, String... settings) {
        var external = System.getenv("JTASK_TEST_BROKER");
        if (external != null) {
            var management = System.getenv("JTASK_TEST_BROKER_MANAGEMENT");
            if (management == null) {
                throw new IllegalStateException("JTASK_TEST_BROKER is set without JTASK_TEST_BROKER_MANAGEMENT;"
                        + " set it too, e.g. http://guest:guest@127.0.0.1:15672");
            }
            return new RabbitMqNode(ServerProcess.none(), external, management);
        }
        var node = launch(directory, NodePorts.free(), plugins, List.of(settings), "");
        node.awaitReady();
        return node;
    }

    /// Starts a node and does not wait for it.
    ///
    /// @param plugins besides `rabbitmq_management`
    /// @param settings more lines of `rabbitmq.conf`
    /// @param cookie by which the nodes of a cluster know each other; empty for one by itself
    static RabbitMqNode launch(
            Path directory, NodePorts ports, List<String> plugins, List<String> settings, String cookie) {
        var server = ServerProcess.in(directory.toAbsolutePath(), ports, plugins, settings, cookie);
        var node = new RabbitMqNode(
                server,
                "amqp://guest:guest@127.0.0.1:" + ports.amqp(),
                "http://guest:guest@127.0.0.1:" + ports.management());
        server.start();
        return node;
    }

    /// The AMQP URI with credentials, default vhost.
    public String amqpUri() {
        return amqpUri;
    }

    /// The management API's base URI with credentials.
    public String managementUri() {
        return managementUri;
    }

    /// On 127.0.0.1.
    public int amqpPort() {
        return URI.create(amqpUri).getPort();
    }

    /// What the broker says of its queues.
    public BrokerView view() {
        return new BrokerView(managementUri);
    }

    /// What is asked of the node itself.
    public BrokerShell shell() {
        return new BrokerShell(server);
    }

    /// Who may log in, and may do what.
    public BrokerUsers users() {
        return new BrokerUsers(view());
    }

    /// Stops the server in an orderly way and starts it again on the same ports with the same data.
    public void restart() {
        stop();
        resume();
    }

    /// Stops the server in an orderly way; durable data stays for [#resume()].
    public void stop() {
        server.stop();
    }

    /// Ends the server without warning, as a power cut would.
    public void kill() {
        server.kill();
    }

    /// Starts a stopped or killed server again.
    public void resume() {
        server.start();
        awaitReady();
    }

    /// Runs `rabbitmqctl` against this node and returns what it printed; [#shell()] is quicker.
    ///
    /// @throws IllegalStateException when it fails, with its output
    public String ctl(String... arguments) {
        return server.ctl(arguments);
    }

    @Override
    public void close() {
        server.close();
    }

    /// Leaves nothing of what was in the default vhost.
    void empty() {
        if (System.getenv("JTASK_TEST_BROKER") == null) {
            view().order("DELETE", "/api/vhosts/%2F", "");
            view().order("PUT", "/api/vhosts/%2F", "{}");
            users().permit("guest", ".*", ".*", ".*");
        }
    }

    boolean isRunning() {
        return server.isRunning();
    }

    String log() {
        return server.log();
    }

    /// An Erlang that is short of processors when it asks its port mapper for a name ends; it is started again.
    void awaitReady() {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int starts = 1;
        while (!view().hasListener(amqpPort())) {
            boolean ended = !server.isRunning();
            if (System.nanoTime() > deadline || (ended && starts == MOST_STARTS)) {
                var log = server.log();
                close();
                throw new IllegalStateException("RabbitMQ did not start; its log ends with:\n" + log);
            }
            if (ended) {
                starts++;
                server.start();
            }
            Pause.briefly();
        }
    }
}
