package dev.jtask.operator.management;

import java.util.Map;

/// A durable queue to be created.
///
/// @param arguments the queue's `x-` arguments
/// @param binding how messages get into it besides by its name
public record QueueDeclaration(String name, Map<String, Object> arguments, Binding binding) {

    /// How messages get into a queue.
    public enum Binding {
        /// Only through the default exchange.
        NONE,
        /// Also through a durable direct exchange of the queue's name, with that name as routing key: Celery's way.
        OWN_EXCHANGE
    }

    public QueueDeclaration {
        arguments = Map.copyOf(arguments);
    }
}
