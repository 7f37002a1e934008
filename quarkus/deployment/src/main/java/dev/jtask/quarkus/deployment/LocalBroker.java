package dev.jtask.quarkus.deployment;

import dev.jtask.testing.RabbitMqNode;
import io.quarkus.deployment.builditem.Startable;
import org.jspecify.annotations.Nullable;

/// A private node of the RabbitMQ that is installed on this machine; it ends with the build tool's process.
final class LocalBroker implements Startable {

    private @Nullable RabbitMqNode node;

    @Override
    public void start() {
        node = RabbitMqNode.start();
    }

    @Override
    public String getConnectionInfo() {
        if (node == null) {
            throw new IllegalStateException("the broker of Dev Services is not started");
        }
        return node.amqpUri();
    }

    @Override
    public @Nullable String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
    }
}
