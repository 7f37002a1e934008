package dev.jtask.operator.watch;

import dev.jtask.operator.depth.Depths;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    private final Interests<P> interests = new Interests<>();
    /// How many messages an empty pool was told of between ticks.
    private final Map<P, Long> woken = new ConcurrentHashMap<>();
    /// Pools that are being told something.
    private final Set<P> told = ConcurrentHashMap.newKeySet();
    private final Map<BrokerAccess, BrokerLook> looks = new ConcurrentHashMap<>();
    private final Places places = new Places();
    private final BrokerMetrics metrics;
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
            LongSupplier nanos,
            Executor executor,
            Listener<P> listener) {
        this.open =
                access -> new BrokerLook(access, apis, depths, new LookBackoff(tick, answer), metrics, clock, nanos);
        this.metrics = metrics;
        this.executor = executor;
        this.listener = listener;
    }

    /// From now on, tells the pool about these queues at this broker.
    ///
    /// @param others whose messages nobody waits for: whether they exist is told, and they are not counted
    public void watch(P pool, BrokerAccess access, AmqpAccess amqp, Set<String> queues, Set<String> others) {
        var before = interests.put(pool, Interest.in(access, amqp, queues, others));
        if (before != null && !before.access().equals(access)) {
            // somebody changed the Secret and wants to see what comes of it
            Optional.ofNullable(looks.get(access)).ifPresent(BrokerLook::lookSoon);
        }
    }

    /// Whether the pool is told of a broker.
    public boolean watches(P pool) {
        return interests.of(pool) != null;
    }

    /// No longer tells the pool anything.
    public void forget(P pool) {
        interests.remove(pool);
        woken.remove(pool);
    }

    /// Starts a look at every broker whose turn it is; returns at once.
    ///
    /// @param empty pools whose queues the beats count
    public void tick(Predicate<P> empty) {
        var pools = interests.byBroker();
        looks.forEach((access, look) -> {
            if (!pools.containsKey(access)) {
                looks.remove(access);
                executor.execute(look::close);
            }
        });
        places.keep(pools.keySet());
        metrics.keep(pools.keySet().stream().map(BrokerAccess::management).collect(Collectors.toSet()));
        pools.forEach((access, audience) -> begin(access, looks.computeIfAbsent(access, open), () -> audience, empty));
    }

    /// Starts a look at the broker of a pool unless one is under way; returns at once.
    ///
    /// @param empty pools whose queues the beats count
    public void lookFor(P pool, Predicate<P> empty) {
        var interest = interests.of(pool);
        if (interest != null) {
            var access = interest.access();
            begin(access, looks.computeIfAbsent(access, open), () -> audience(access), empty);
        }
    }

    /// Starts to count what waits for pools that have no pods, and to knock at brokers that are away; returns at once.
    public void beat(Predicate<P> empty) {
        interests.byBroker().forEach((access, audience) -> {
            var look = looks.get(access);
            if (look != null && look.isSilent()) {
                begin(access, look, () -> audience, empty);
            } else if (look != null && audience.pools().keySet().stream().anyMatch(empty) && look.beginCount()) {
                start(() -> count(access, look, audience, empty), look::endCount);
            }
        });
    }

    /// Takes leave of every broker.
    public void close() {
        interests.clear();
        looks.values().forEach(BrokerLook::close);
    }

    /// @param audience asked for only by a look that begins
    private void begin(BrokerAccess access, BrokerLook look, Supplier<Audience<P>> audience, Predicate<P> empty) {
        look.begin()
                .ifPresent(turn -> start(() -> run(access, look, turn, audience, empty), () -> {
                    var _ = look.end(turn);
                }));
    }

    /// Of a broker that nobody may want to know of any more.
    private Audience<P> audience(BrokerAccess access) {
        return interests.byBroker().getOrDefault(access, Audience.of(Map.of()));
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

    private void run(
            BrokerAccess access, BrokerLook look, Turn turn, Supplier<Audience<P>> asking, Predicate<P> empty) {
        var current = false;
        Optional<Probe> probe = Optional.empty();
        Set<P> hearers = Set.of();
        try {
            look.enter(turn, places.at(access));
            var audience = asking.get();
            hearers = audience.pools().keySet();
            probe = look.look(turn, audience, audience.queuesOf(empty.negate()));
        } finally {
            current = look.end(turn);
        }
        if (current && probe.isPresent()) {
            for (var pool : hearers) {
                woken.remove(pool);
                tell(pool, access, look.api(), probe.get());
            }
        }
    }

    private void count(BrokerAccess access, BrokerLook look, Audience<P> audience, Predicate<P> empty) {
        var waiting = audience.only(empty);
        look.count(waiting.queues(), audience.doors())
                .ifPresent(seen -> waiting.pools().forEach((pool, interest) -> {
                    long messages = waiting(seen, interest.queues());
                    // the same number again is no news: whoever stays empty for it has his reasons
                    if (messages > 0
                            && !Objects.equals(woken.get(pool), messages)
                            && tell(pool, access, look.api(), seen)) {
                        woken.put(pool, messages);
                    }
                }));
    }

    private static long waiting(Probe seen, Set<String> queues) {
        long messages = 0;
        for (var queue : queues) {
            var sample = seen.queues().get(queue);
            messages += sample == null ? 0 : Objects.requireNonNullElse(sample.ready(), 0L);
        }
        return messages;
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
                        var interest = interests.of(pool);
                        // one that went elsewhere meanwhile is no more concerned
                        if (interest != null && interest.access().equals(access)) {
                            listener.seen(pool, api, probe.about(interest.all()));
                        }
                    } finally {
                        told.remove(pool);
                    }
                },
                () -> told.remove(pool));
        return true;
    }
}
