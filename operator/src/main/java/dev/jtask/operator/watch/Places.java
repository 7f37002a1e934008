package dev.jtask.operator.watch;

import dev.jtask.operator.secret.BrokerAccess;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// So many looks at a time at the servers of a broker, whoever looks: a thousand pools may have a user or a vhost each.
final class Places {

    static final int LOOKS_AT_ONCE = 8;

    private final Map<Set<URI>, Semaphore> all = new ConcurrentHashMap<>();

    /// In turn of those who ask.
    Semaphore at(BrokerAccess access) {
        return all.computeIfAbsent(access.servers(), any -> new Semaphore(LOOKS_AT_ONCE, true));
    }

    /// Forgets servers that nobody looks at any more.
    void keep(Collection<BrokerAccess> used) {
        all.keySet().retainAll(used.stream().map(BrokerAccess::servers).collect(Collectors.toSet()));
    }
}
