package dev.jtask.operator.watch;

import dev.jtask.operator.secret.BrokerAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which pool wants to know what. By broker they are put together once after a change, and not at each look.
final class Interests<P> {

    private final Map<P, Interest> all = new ConcurrentHashMap<>();
    private final AtomicBoolean changed = new AtomicBoolean();
    private Map<BrokerAccess, Audience<P>> byBroker = Map.of();

    /// @return what it wanted before
    @Nullable
    Interest put(P pool, Interest interest) {
        var before = all.get(pool);
        if (!interest.equals(before)) {
            all.put(pool, interest);
            changed.set(true);
        }
        return before;
    }

    @Nullable
    Interest of(P pool) {
        return all.get(pool);
    }

    void remove(P pool) {
        all.remove(pool);
        changed.set(true);
    }

    void clear() {
        all.clear();
        changed.set(true);
    }

    synchronized Map<BrokerAccess, Audience<P>> byBroker() {
        // what changes from here on is put together the next time
        if (changed.getAndSet(false)) {
            var pools = new HashMap<BrokerAccess, Map<P, Interest>>();
            all.forEach((pool, interest) -> pools.computeIfAbsent(interest.access(), access -> new HashMap<>())
                    .put(pool, interest));
            byBroker = pools.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> Audience.of(each.getValue())));
        }
        return byBroker;
    }
}
