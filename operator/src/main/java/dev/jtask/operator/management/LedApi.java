package dev.jtask.operator.management;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.leadership.Leadership;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// A management API that only an operator that leads asks for anything, and that it does not ask to write much at once:
/// a thousand new pools must not be what makes their broker slow.
final class LedApi implements ManagementApi {

    private final ManagementApi api;
    private final Leadership leadership;
    private final Semaphore writes;

    /// @param leadership asked before every call, as one may have waited for its turn
    /// @param writes the turns to write at the broker's servers
    LedApi(ManagementApi api, Leadership leadership, Semaphore writes) {
        this.api = api;
        this.leadership = leadership;
        this.writes = writes;
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        leadership.require();
        return api.read(names);
    }

    @Override
    public void declare(QueueDeclaration declaration) {
        write(() -> {
            api.declare(declaration);
            return declaration;
        });
    }

    @Override
    public void bind(String queue) {
        write(() -> {
            api.bind(queue);
            return queue;
        });
    }

    @Override
    public QueueDeletion deleteIfUnused(String queue) {
        return write(() -> api.deleteIfUnused(queue));
    }

    private <T> T write(Supplier<T> call) {
        writes.acquireUninterruptibly();
        try {
            leadership.require();
            return call.get();
        } finally {
            writes.release();
        }
    }
}
