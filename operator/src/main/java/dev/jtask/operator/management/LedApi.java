package dev.jtask.operator.management;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.leadership.Leadership;
import java.util.Map;
import java.util.Set;

/// A management API that only an operator that leads asks for anything.
///
/// @param leadership asked before every call, as one may have waited for its turn
public record LedApi(ManagementApi api, Leadership leadership) implements ManagementApi {

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        leadership.require();
        return api.read(names);
    }

    @Override
    public void declare(QueueDeclaration declaration) {
        leadership.require();
        api.declare(declaration);
    }

    @Override
    public QueueDeletion deleteIfUnused(String queue) {
        leadership.require();
        return api.deleteIfUnused(queue);
    }
}
