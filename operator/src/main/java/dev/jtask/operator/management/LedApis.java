package dev.jtask.operator.management;

import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.secret.BrokerAccess;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// Opens the management APIs of all pools: those on the same servers share their turns to write, and all of one
/// trust an HTTP client, which has threads of its own.
public final class LedApis {

    private static final int WRITES_AT_ONCE = 4;

    private final WhileUsed<Set<URI>, Semaphore> writes =
            new WhileUsed<>(servers -> new Semaphore(WRITES_AT_ONCE, true));
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
        return new LedApi(HttpManagementApi.open(access, timeout, clients), leadership, writes.of(access.servers()));
    }

    /// What a broker calls itself, empty while it does not say.
    public Optional<String> name(BrokerAccess access) {
        return ClusterName.of(access, timeout, clients);
    }
}
