package dev.jtask.spring;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.testcontainers.containers.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;

/// A container in the place of which stands a broker that runs already: Docker is not asked for anything.
final class ContainerOfRabbitMq extends RabbitMQContainer {

    private final Map<Integer, Integer> ports;
    private boolean started;

    /// @param ports where those of the container are on this machine
    ContainerOfRabbitMq(Map<Integer, Integer> ports, Map<String, String> environment) {
        super(DockerImageName.parse("rabbitmq:4"));
        this.ports = Map.copyOf(ports);
        withEnv(environment);
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public String getHost() {
        return "127.0.0.1";
    }

    @Override
    public Integer getMappedPort(int port) {
        return requireNonNull(ports.get(port), "nothing is mapped there");
    }
}
