package dev.jtask.testing;

import dev.jtask.testing.process.FreePorts;
import java.util.List;
import java.util.stream.IntStream;

/// The ports of a broker.
record NodePorts(int amqp, int management, int distribution, int portMapper) {

    static NodePorts free() {
        return free(1).get(0);
    }

    /// Of nodes that share a port mapper, by which they find each other.
    static List<NodePorts> free(int nodes) {
        var ports = FreePorts.take(3 * nodes + 1);
        return IntStream.range(0, nodes)
                .mapToObj(i -> new NodePorts(
                        ports.get(3 * i), ports.get(3 * i + 1), ports.get(3 * i + 2), ports.get(3 * nodes)))
                .toList();
    }

    String nodeName() {
        return "jtask%d@localhost".formatted(amqp);
    }
}
