package dev.jtask.operator.watch;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.QueueDeclaration;
import dev.jtask.operator.management.QueueDeletion;
import dev.jtask.operator.secret.BrokerAccess;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Opens the API on the first call, so that unusable TLS material is a failed look like any other.
final class LazyApi implements ManagementApi {

    private final BrokerAccess access;
    private final Function<BrokerAccess, ManagementApi> apis;
    private volatile @Nullable ManagementApi opened;

    LazyApi(BrokerAccess access, Function<BrokerAccess, ManagementApi> apis) {
        this.access = access;
        this.apis = apis;
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        return api().read(names);
    }

    @Override
    public void declare(QueueDeclaration declaration) {
        api().declare(declaration);
    }

    @Override
    public void bind(String queue) {
        api().bind(queue);
    }

    @Override
    public QueueDeletion deleteIfUnused(String queue) {
        return api().deleteIfUnused(queue);
    }

    private ManagementApi api() {
        var current = opened;
        if (current == null) {
            current = apis.apply(access);
            opened = current;
        }
        return current;
    }
}
