package dev.jtask.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts the shared node at its first use; it is closed with the JVM, and emptied for each of JUnit's runs. Such a run
/// is one class where Surefire has several JVMs, and one that failed where it is tried again: in JUnit's own store each
/// of them would have a node of its own, which takes longer to start than most of them run.
final class RabbitMqExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RabbitMqExtension.class);
    private static @Nullable RabbitMqNode running;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RabbitMqNode.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return node(context.getRoot().getStore(NAMESPACE));
    }

    /// The store has no more than a mark: JUnit would close what is in it.
    private static synchronized RabbitMqNode node(ExtensionContext.Store run) {
        var node = running;
        if (node == null || !node.isRunning()) {
            node = RabbitMqNode.start();
            running = node;
            Runtime.getRuntime().addShutdownHook(new Thread(node::close, "rabbitmq-close"));
        } else if (run.get(RabbitMqNode.class) == null) {
            node.empty();
        }
        run.put(RabbitMqNode.class, true);
        return node;
    }
}
