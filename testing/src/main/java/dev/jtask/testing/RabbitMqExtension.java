package dev.jtask.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts the shared node at its first use; it is closed with the JVM. JUnit's own stores end with what Surefire calls
/// a
/// run, which is one class where it has several JVMs: each class would wait for a node of its own.
final class RabbitMqExtension implements ParameterResolver {

    private static @Nullable RabbitMqNode running;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RabbitMqNode.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return node();
    }

    private static synchronized RabbitMqNode node() {
        var node = running;
        if (node == null || !node.isRunning()) {
            node = RabbitMqNode.start();
            running = node;
            Runtime.getRuntime().addShutdownHook(new Thread(node::close, "rabbitmq-close"));
        }
        return node;
    }
}
