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

    /// Creates a queue, its exchange and its binding; a queue of the same name with other arguments is refused.
    void declare(QueueDeclaration declaration);

    /// Deletes a queue if the broker, at that moment, finds it empty and without consumers: figures are seconds old.
    QueueDeletion deleteIfUnused(String queue);
}
