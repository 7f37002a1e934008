package dev.jtask.testing;

import dev.jtask.testing.process.FreePorts;

/// The ports of a broker.
record NodePorts(int amqp, int management, int distribution, int portMapper) {

    static NodePorts free() {
        var ports = FreePorts.take(4);
        return new NodePorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3));
    }
}
