package dev.jtask.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Some [RabbitMqNode]s on this machine that are one broker: each may be killed and started again while the others go
/// on. They share a cookie and a port mapper, and nothing listens on anything but loopback.
public final class RabbitMqCluster implements AutoCloseable {

    private static final long JOINED_SECONDS = 60;

    private final List<RabbitMqNode> nodes;

    private RabbitMqCluster(List<RabbitMqNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /// Starts as many nodes in temporary directories that are deleted at the end, and waits until they are one cluster.
    ///
    /// @throws IllegalStateException when no server is installed, or they do not come together within a minute
    public static RabbitMqCluster start(int size) {
        var ports = NodePorts.free(size);
        var cookie = UUID.randomUUID().toString();
        var nodes = new ArrayList<RabbitMqNode>();
        try {
            for (var each : ports) {
                var settings = nodes.isEmpty() ? List.<String>of() : joining(ports.get(0), each);
                var node = RabbitMqNode.launch(directory(), each, List.of(), settings, cookie);
                nodes.add(node);
                if (nodes.size() == 1) {
                    // one is to be there for the others to join
                    node.awaitReady();
                }
            }
            nodes.forEach(RabbitMqNode::awaitReady);
            awaitTogether(nodes);
            return new RabbitMqCluster(nodes);
        } catch (RuntimeException e) {
            nodes.forEach(RabbitMqNode::close);
            throw e;
        }
    }

    /// In the order in which they were started.
    public List<RabbitMqNode> nodes() {
        return nodes;
    }

    /// One URI that names all nodes, default vhost.
    public String amqpUri() {
        return "amqp://guest:guest@"
                + nodes.stream().map(node -> "127.0.0.1:" + node.amqpPort()).collect(Collectors.joining(","));
    }

    /// One URI of the management API that names all nodes, with credentials.
    public String managementUri() {
        return "http://guest:guest@"
                + nodes.stream()
                        .map(node -> node.managementUri().replaceFirst(".*@", ""))
                        .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        nodes.forEach(RabbitMqNode::close);
    }

    /// Lines of the configuration by which a new node finds the first one and joins it. The first is told of nobody: a
    /// RabbitMQ 4 that knows of others waits for them.
    private static List<String> joining(NodePorts first, NodePorts node) {
        return List.of(
                "cluster_formation.peer_discovery_backend = classic_config",
                "cluster_formation.classic_config.nodes.1 = " + first.nodeName(),
                "cluster_formation.classic_config.nodes.2 = " + node.nodeName());
    }

    private static void awaitTogether(List<RabbitMqNode> nodes) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOINED_SECONDS);
        while (running(nodes.get(0)) < nodes.size()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%d of %d nodes have joined; the last one's log ends with:\n%s"
                        .formatted(
                                running(nodes.get(0)),
                                nodes.size(),
                                nodes.get(nodes.size() - 1).log()));
            }
            Pause.briefly();
        }
    }

    private static int running(RabbitMqNode node) {
        int running = 0;
        for (var each : node.view().get("/api/nodes")) {
            running += each.path("running").asBoolean() ? 1 : 0;
        }
        return running;
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("jtask-rabbitmq");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
