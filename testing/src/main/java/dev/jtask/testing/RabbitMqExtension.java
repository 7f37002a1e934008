package dev.jtask.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts the shared node at its first use; JUnit closes it after the last class.
final class RabbitMqExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RabbitMqNode.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return node(context.getRoot().getStore(Namespace.create(RabbitMqExtension.class)));
    }

    /// By what JUnit 5 has too: its stores have no `computeIfAbsent`.
    private static synchronized RabbitMqNode node(Store store) {
        var running = store.get(RabbitMqNode.class, RabbitMqNode.class);
        if (running == null) {
            running = RabbitMqNode.start();
            store.put(RabbitMqNode.class, running);
        }
        return running;
    }
}
