package dev.jtask.operator.management;

import dev.jtask.autoscaler.QueueSample;
import java.util.Map;
import java.util.Set;

/// One vhost of a broker as its management API shows it. Every method may throw [ManagementException].
public interface ManagementApi {

    /// Reads the named queues with one list call.
    ///
    /// @return those of them that exist, by name
    Map<String, QueueSample> read(Set<String> names);

    /// Creates a queue; one of the same name with other arguments is refused.
    void declare(QueueDeclaration declaration);

    /// Creates a durable direct exchange of a queue's name, and binds the queue to it with that name as routing key.
    void bind(String queue);

    /// Deletes a queue if the broker, at that moment, finds it empty and without consumers: figures are seconds old.
    QueueDeletion deleteIfUnused(String queue);
}
