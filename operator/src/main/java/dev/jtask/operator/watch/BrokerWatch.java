package dev.jtask.operator.watch;

import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.secret.BrokerAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Looks at every broker that a pool uses, once per tick and with one call, and tells each pool what was seen.
///
/// Looks run beside each other and outside of any reconcile; a broker that does not answer delays nobody else and is
/// asked less and less often.
///
/// @param <P> what identifies a pool
public final class BrokerWatch<P> {

    /// Hears what was seen of a pool's broker; called on a thread of the watch's executor.
    public interface Listener<P> {
        void seen(P pool, ManagementApi api, Probe probe);
    }

    private record Interest(BrokerAccess access, Set<String> queues) {}

    private final Map<P, Interest> interests = new ConcurrentHashMap<>();
    /// Pools that are being told something.
    private final Set<P> told = ConcurrentHashMap.newKeySet();
    private final Map<BrokerAccess, BrokerLook> looks = new ConcurrentHashMap<>();
    private final Function<BrokerAccess, BrokerLook> open;
    private final Executor executor;
    private final Listener<P> listener;

    /// @param tick how often to look
    /// @param apis opens a management API
    /// @param executor runs the looks
    public BrokerWatch(
            Duration tick,
            Function<BrokerAccess, ManagementApi> apis,
            BrokerMetrics metrics,
            Clock clock,
            Executor executor,
            Listener<P> listener) {
        this.open = access -> new BrokerLook(access, apis, new LookBackoff(tick), metrics, clock);
        this.executor = executor;
        this.listener = listener;
    }

    /// From now on, tells the pool about these queues at this broker.
    public void watch(P pool, BrokerAccess access, Set<String> queues) {
        var before = interests.put(pool, new Interest(access, Set.copyOf(queues)));
        if (before != null && !before.access().equals(access)) {
            // somebody changed the Secret and wants to see what comes of it
            Optional.ofNullable(looks.get(access)).ifPresent(BrokerLook::lookSoon);
        }
    }

    /// No longer tells the pool anything.
    public void forget(P pool) {
        interests.remove(pool);
    }

    /// Starts a look at every broker whose turn it is; returns at once.
    public void tick() {
        var pools = new HashMap<BrokerAccess, Map<P, Interest>>();
        interests.forEach((pool, interest) -> pools.computeIfAbsent(interest.access(), access -> new HashMap<>())
                .put(pool, interest));
        looks.keySet().retainAll(pools.keySet());
        pools.forEach((access, interested) -> {
            var look = looks.computeIfAbsent(access, open);
            look.begin().ifPresent(turn -> executor.execute(() -> run(look, turn, interested)));
        });
    }

    private void run(BrokerLook look, BrokerLook.Turn turn, Map<P, Interest> interested) {
        var current = false;
        Optional<Probe> probe = Optional.empty();
        try {
            var names = interested.values().stream()
                    .flatMap(interest -> interest.queues().stream())
                    .collect(Collectors.toSet());
            probe = Optional.of(look.look(names));
        } finally {
            current = look.end(turn);
        }
        if (current) {
            probe.ifPresent(seen -> interested.keySet().forEach(pool -> tell(pool, look.api(), seen)));
        }
    }

    /// Each on its own, so that a pool that waits for its pods holds up no other; and one thing at a time, so that one
    /// that waits for its broker does not wait for it many times.
    private void tell(P pool, ManagementApi api, Probe probe) {
        if (told.add(pool)) {
            executor.execute(() -> {
                try {
                    listener.seen(pool, api, probe);
                } finally {
                    told.remove(pool);
                }
            });
        }
    }
}
