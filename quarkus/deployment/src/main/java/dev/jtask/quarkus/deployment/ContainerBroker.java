package dev.jtask.quarkus.deployment;

import io.quarkus.deployment.builditem.Startable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/// RabbitMQ in a container of its own.
final class ContainerBroker implements Startable {

    private static final int PORT = 5672;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String image;
    private @Nullable GenericContainer<?> container;

    ContainerBroker(String image) {
        this.image = image;
    }

    @Override
    public void start() {
        var broker = new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(PORT)
                .waitingFor(Wait.forLogMessage(".*Server startup complete.*", 1).withStartupTimeout(PATIENCE));
        container = broker;
        broker.start();
    }

    @Override
    public String getConnectionInfo() {
        var broker = running();
        return "amqp://guest:guest@%s:%d/".formatted(broker.getHost(), broker.getMappedPort(PORT));
    }

    @Override
    public String getContainerId() {
        return running().getContainerId();
    }

    @Override
    public void close() {
        if (container != null) {
            container.close();
        }
    }

    private GenericContainer<?> running() {
        if (container == null) {
            throw new IllegalStateException("the broker of Dev Services is not started");
        }
        return container;
    }
}
