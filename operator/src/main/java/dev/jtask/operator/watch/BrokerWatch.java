package dev.jtask.operator.watch;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.depth.Depths;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Looks at every broker that a pool uses, once per tick and with one call, and tells each pool what was seen. Between
/// ticks it counts the messages of empty pools, and tells those for which something waits; and it tries whether a
/// broker that was away is back.
///
/// Looks run beside each other and outside of any reconcile, though only some at the same servers; a broker that does
/// not answer delays no other and is asked less and less often.
///
/// @param <P> what identifies a pool
public final class BrokerWatch<P> {

    /// Hears what was seen of a pool's broker; called on a thread of the watch's executor.
    public interface Listener<P> {
        void seen(P pool, ManagementApi api, Probe probe);
    }

    private record Interest(BrokerAccess access, AmqpAccess amqp, Set<String> queues, Set<String> others) {}

    private final Map<P, Interest> interests = new ConcurrentHashMap<>();
    /// How many messages an empty pool was told of between ticks.
    private final Map<P, Long> woken = new ConcurrentHashMap<>();
    /// Pools that are being told something.
    private final Set<P> told = ConcurrentHashMap.newKeySet();
    private final Map<BrokerAccess, BrokerLook> looks = new ConcurrentHashMap<>();
    private final Places places = new Places();
    private final Function<BrokerAccess, BrokerLook> open;
    private final Executor executor;
    private final Listener<P> listener;

    /// @param tick how often to look
    /// @param answer how long each answer may take
    /// @param apis opens a management API
    /// @param depths counts messages
    /// @param executor runs the looks
    public BrokerWatch(
            Duration tick,
            Duration answer,
            Function<BrokerAccess, ManagementApi> apis,
            Function<AmqpAccess, Depths> depths,
            BrokerMetrics metrics,
            Clock clock,
            Executor executor,
            Listener<P> listener) {
        this.open = access -> new BrokerLook(access, apis, depths, new LookBackoff(tick, answer), metrics, clock);
        this.executor = executor;
        this.listener = listener;
    }

    /// From now on, tells the pool about these queues at this broker.
    ///
    /// @param others whose messages nobody waits for: whether they exist is told, and they are not counted
    public void watch(P pool, BrokerAccess access, AmqpAccess amqp, Set<String> queues, Set<String> others) {
        var before = interests.put(pool, new Interest(access, amqp, Set.copyOf(queues), Set.copyOf(others)));
        if (before != null && !before.access().equals(access)) {
            // somebody changed the Secret and wants to see what comes of it
            Optional.ofNullable(looks.get(access)).ifPresent(BrokerLook::lookSoon);
        }
    }

    /// No longer tells the pool anything.
    public void forget(P pool) {
        interests.remove(pool);
        woken.remove(pool);
    }

    /// Starts a look at every broker whose turn it is; returns at once.
    public void tick() {
        var pools = byBroker();
        looks.forEach((access, look) -> {
            if (!pools.containsKey(access)) {
                looks.remove(access);
                executor.execute(look::close);
            }
        });
        places.keep(pools.keySet());
        pools.forEach((access, interested) -> {
            var look = looks.computeIfAbsent(access, open);
            begin(access, look, interested);
        });
    }

    /// Starts to count what waits for pools that have no pods, and to knock at brokers that are away; returns at once.
    public void beat(Predicate<P> empty) {
        byBroker().forEach((access, interested) -> {
            var look = looks.get(access);
            if (look != null && look.isSilent()) {
                begin(access, look, interested);
            } else if (look != null && interested.keySet().stream().anyMatch(empty) && look.beginCount()) {
                start(() -> count(access, look, interested, empty), look::endCount);
            }
        });
    }

    /// Takes leave of every broker.
    public void close() {
        interests.clear();
        looks.values().forEach(BrokerLook::close);
    }

    private void begin(BrokerAccess access, BrokerLook look, Map<P, Interest> interested) {
        look.begin()
                .ifPresent(turn -> start(() -> run(access, look, turn, interested), () -> {
                    var _ = look.end(turn);
                }));
    }

    /// @param undo what was taken for it: where there is no memory for a thread, nobody else would give it back
    private void start(Runnable task, Runnable undo) {
        try {
            executor.execute(task);
        } catch (RuntimeException | Error e) {
            undo.run();
            throw e;
        }
    }

    private Map<BrokerAccess, Map<P, Interest>> byBroker() {
        var pools = new HashMap<BrokerAccess, Map<P, Interest>>();
        interests.forEach((pool, interest) -> pools.computeIfAbsent(interest.access(), access -> new HashMap<>())
                .put(pool, interest));
        return pools;
    }

    private void run(BrokerAccess access, BrokerLook look, Turn turn, Map<P, Interest> interested) {
        var current = false;
        Optional<Probe> probe = Optional.empty();
        try {
            look.enter(turn, places.at(access));
            probe = look.look(turn, queues(interested), others(interested), doors(interested));
        } finally {
            current = look.end(turn);
        }
        if (current) {
            probe.ifPresent(seen -> interested.keySet().forEach(pool -> {
                woken.remove(pool);
                tell(pool, access, look.api(), seen);
            }));
        }
    }

    private void count(BrokerAccess access, BrokerLook look, Map<P, Interest> interested, Predicate<P> empty) {
        var doors = doors(interested);
        interested.keySet().removeIf(empty.negate());
        look.count(queues(interested), doors)
                .ifPresent(seen -> interested.forEach((pool, interest) -> {
                    long waiting = waiting(seen, interest.queues());
                    // the same number again is no news: whoever stays empty for it has his reasons
                    if (waiting > 0
                            && !Objects.equals(woken.get(pool), waiting)
                            && tell(pool, access, look.api(), seen)) {
                        woken.put(pool, waiting);
                    }
                }));
    }

    private static long waiting(Probe seen, Set<String> queues) {
        return queues.stream()
                .flatMap(queue -> Optional.ofNullable(seen.queues().get(queue)).stream())
                .map(QueueSample::ready)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    private Set<String> queues(Map<P, Interest> interested) {
        return all(interested, Interest::queues);
    }

    private Set<String> others(Map<P, Interest> interested) {
        return all(interested, Interest::others);
    }

    private Set<String> all(Map<P, Interest> interested, Function<Interest, Set<String>> which) {
        return interested.values().stream()
                .flatMap(interest -> which.apply(interest).stream())
                .collect(Collectors.toSet());
    }

    private Set<AmqpAccess> doors(Map<P, Interest> interested) {
        return interested.values().stream().map(Interest::amqp).collect(Collectors.toSet());
    }

    /// Each on its own, so that a pool that waits for its pods holds up no other; and one thing at a time, so that one
    /// that waits for its broker does not wait for it many times.
    ///
    /// @return whether the pool hears it
    private boolean tell(P pool, BrokerAccess access, ManagementApi api, Probe probe) {
        if (!told.add(pool)) {
            return false;
        }
        start(
                () -> {
                    try {
                        var interest = interests.get(pool);
                        // one that went elsewhere meanwhile is no more concerned
                        if (interest != null && interest.access().equals(access)) {
                            listener.seen(pool, api, probe);
                        }
                    } finally {
                        told.remove(pool);
                    }
                },
                () -> told.remove(pool));
        return true;
    }
}
