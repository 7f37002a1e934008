package dev.jtask.operator.management;

import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.secret.BrokerAccess;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// Opens the management APIs of all pools: those on the same servers share their turns to write, and all of one trust
/// an
/// HTTP client, which has threads of its own.
public final class LedApis {

    private static final int WRITES_AT_ONCE = 4;

    private final Map<Set<URI>, WeakReference<Semaphore>> writes = new HashMap<>();
    private final HttpClients clients;
    private final Duration timeout;
    private final Leadership leadership;

    /// @param timeout how long connecting and each answer may take
    /// @param leadership asked before every call
    public LedApis(Duration timeout, Leadership leadership) {
        this.clients = new HttpClients(timeout);
        this.timeout = timeout;
        this.leadership = leadership;
    }

    /// Prepares to talk to a broker; connects on the first call.
    ///
    /// @throws ManagementException when the TLS material is unusable
    public ManagementApi open(BrokerAccess access) {
        return new LedApi(HttpManagementApi.open(access, timeout, clients), leadership, turns(access.servers()));
    }

    /// What a broker calls itself, empty while it does not say.
    public Optional<String> name(BrokerAccess access) {
        return ClusterName.of(access, timeout, clients);
    }

    private Semaphore turns(Set<URI> servers) {
        synchronized (writes) {
            writes.values().removeIf(turns -> turns.get() == null);
            var known = writes.get(servers);
            var turns = known == null ? null : known.get();
            if (turns == null) {
                turns = new Semaphore(WRITES_AT_ONCE, true);
                writes.put(servers, new WeakReference<>(turns));
            }
            return turns;
        }
    }
}
