package dev.jtask.operator.scaling;

import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.queue.QueueCleaner;
import dev.jtask.operator.queue.QueueDeclarer;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.watch.BrokerWatch;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.Pause;
import dev.jtask.operator.workload.Workloads;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pools that are being scaled. Reconciles tell it of pools and read what it saw; ticks move it.
public final class ScalingLoop implements BrokerWatch.Listener<ResourceID> {

    private static final Logger LOG = LoggerFactory.getLogger(ScalingLoop.class);

    /// @param settled whether nothing is left to do about the queues of the pool, which is being deleted
    /// @param declares whether its queues are being created
    private record Entry(PoolScaling scaling, ReentrantLock turn, AtomicBoolean settled, AtomicBoolean declares) {

        Entry(PoolScaling scaling) {
            this(scaling, new ReentrantLock(), new AtomicBoolean(), new AtomicBoolean());
        }
    }

    private final Map<ResourceID, Entry> pools = new ConcurrentHashMap<>();
    private final Neighbours neighbours = new Neighbours();
    private final PodBudget budget;
    private final Workloads workloads;
    private final BrokerWatch<ResourceID> watch;
    private final Function<BrokerAccess, Optional<String>> names;
    private final Function<TaskWorkerPool, PoolScaling> open;
    private final ScalingMetrics metrics;
    private final QueueDeclarer declarer;
    private final QueueCleaner cleaner;
    private final Clock clock;
    private final Consumer<ResourceID> changed;
    private final Executor aside;
    private final Leadership leadership;
    /// Of the one thread that ticks.
    private Instant lastTick = Instant.MIN;

    /// @param brokers makes the watch that feeds this loop
    /// @param names what a broker calls itself, empty while it does not say
    /// @param tick the time between two looks at a broker
    /// @param budget of pods for all pools
    /// @param changed told when there is something new to show of a pool
    /// @param aside runs what no pool's scaling waits for
    /// @param leadership without it nothing is looked at, declared, deleted or scaled
    public ScalingLoop(
            Function<BrokerWatch.Listener<ResourceID>, BrokerWatch<ResourceID>> brokers,
            Function<BrokerAccess, Optional<String>> names,
            Duration tick,
            PodBudget budget,
            Workloads workloads,
            RollCall calls,
            ReplicaWriter writer,
            ScalingMetrics metrics,
            QueueDeclarer declarer,
            QueueCleaner cleaner,
            Clock clock,
            Consumer<ResourceID> changed,
            Executor aside,
            Leadership leadership) {
        this.watch = brokers.apply(this);
        this.names = names;
        this.open = pool -> {
            var learned = Learned.of(pool, clock.instant());
            var plan = new PoolPlan(neighbours, budget, learned);
            return new PoolScaling(pool, workloads, calls, writer, plan, learned.state(), metrics, tick);
        };
        this.budget = budget;
        this.workloads = workloads;
        this.metrics = metrics;
        this.declarer = declarer;
        this.cleaner = cleaner;
        this.clock = clock;
        this.changed = changed;
        this.aside = aside;
        this.leadership = leadership;
    }

    /// Looks at every broker whose turn it is; returns at once.
    public void tick() {
        if (leadership.holds()) {
            wakeWherePutBack();
            watch.tick(this::isEmpty);
        }
    }

    /// The SDK's timers go by the wall clock: where that is put back, they come as much later.
    private void wakeWherePutBack() {
        var now = clock.instant();
        if (now.isBefore(lastTick)) {
            LOG.warn("the clock was put back from {} to {}: every pool is looked over again", lastTick, now);
            pools.keySet().forEach(changed);
        }
        lastTick = now;
    }

    /// Counts what waits for pools that have no pods, so that these do not wait for the next tick; returns at once.
    public void beat() {
        if (leadership.holds()) {
            watch.beat(this::isEmpty);
        }
    }

    /// Takes leave of every broker.
    public void close() {
        watch.close();
    }

    /// Takes in a pool as it is now, with what its Secret says.
    public void update(TaskWorkerPool pool, SecretReading reading) {
        var id = ResourceID.fromResource(pool);
        var known = pools.containsKey(id);
        var entry = pools.computeIfAbsent(id, any -> new Entry(open.apply(pool)));
        entry.scaling().specIs(pool);
        if (!known) {
            entry.scaling().plan().introduce(pool, entry.scaling().size());
        }
        switch (reading) {
            case SecretReading.Usable(var secret) -> {
                var before = entry.scaling().plan().broker();
                var moved = !before.equals(Optional.of(secret.access()));
                entry.scaling().plan().brokerIs(secret.access());
                watch.watch(id, secret.access(), secret.amqp(), queues(pool), others(pool));
                if ((!known || !isSeen(id, pool, moved)) && leadership.holds()) {
                    watch.lookFor(id, this::isEmpty);
                }
            }
            case SecretReading.Unreadable(var message) -> {
                // the broker that was known before is looked at as before
                if (!watch.watches(id)) {
                    blind(id, entry, "SecretUnreadable", message);
                }
            }
            case SecretReading.Missing(var message) -> blind(id, entry, "SecretMissing", message);
            case SecretReading.Invalid(var message) -> blind(id, entry, "SecretInvalid", message);
        }
        if (pool.getSpec().scaling().mode() == ScalingMode.OFF) {
            // whoever set spec.replicas does not have to wait for a broker
            view(id).ifPresent(view -> step(id, entry, view.probe(), view.refused()));
        }
    }

    /// Whether the last look was at all that the pool asks for now. What one brings may wake the pool: another look for
    /// each would go round without end.
    ///
    /// @param moved whether its Secret says since then where else its broker is, or who else logs in
    private boolean isSeen(ResourceID id, TaskWorkerPool pool, boolean moved) {
        return view(id).map(PoolView::probe).stream().anyMatch(probe -> switch (probe) {
            case Probe.Seen seen ->
                seen.question().queues().containsAll(queues(pool))
                        && seen.question().queues().containsAll(others(pool));
            // whether the others exist is told by the management API alone
            case Probe.Counted counted -> !moved && counted.question().queues().containsAll(queues(pool));
            // the same again wakes nobody
            case Probe.Blind blind -> false;
        });
    }

    /// What was last seen of a pool, empty before the first look.
    public Optional<PoolView> view(ResourceID id) {
        return Optional.ofNullable(pools.get(id))
                .flatMap(entry -> entry.scaling().view());
    }

    /// Whether nothing is left to do about the queues of a pool that is being deleted.
    public boolean queuesAreSettled(ResourceID id) {
        var entry = pools.get(id);
        return entry != null && entry.settled().get();
    }

    /// Forgets a pool that is gone.
    public void forget(ResourceID id) {
        watch.forget(id);
        Optional.ofNullable(pools.remove(id)).ifPresent(entry -> erase(id, entry));
    }

    /// Wherever it was told of.
    private void erase(ResourceID id, Entry entry) {
        declarer.forget(entry.scaling().pool());
        neighbours.forget(id);
        budget.forget(PoolPlan.name(id));
        metrics.forget(id);
    }

    @Override
    public void seen(ResourceID id, ManagementApi api, Probe probe) {
        var entry = pools.get(id);
        if (entry == null || !leadership.holds()) {
            return;
        }
        var pool = entry.scaling().pool();
        if (!(probe instanceof Probe.Seen seen)) {
            step(id, entry, probe, Map.of());
        } else if (pool.isMarkedForDeletion()) {
            // writes nothing now; whoever waits for the end sees that the broker answers
            step(id, entry, probe, Map.of());
            // a queue that is still being created would come after its end
            if (!entry.settled().get()
                    && !entry.declares().get()
                    && cleaner.clean(
                            pool,
                            api,
                            seen,
                            () -> Consumers.of(
                                    pool, seen.question().doors(), workloads.pools(), this::broker, names))) {
                entry.settled().set(true);
                changed.accept(id);
            }
        } else if (Pause.ofReconciliation(pool) || QueueDeclarer.declared(pool).isEmpty()) {
            step(id, entry, probe, Map.of());
        } else {
            step(id, entry, probe, view(id).map(PoolView::refused).orElse(Map.of()));
            beginToDeclare(id, entry, api, seen);
        }
    }

    /// Beside the looks: a broker that lists its queues may take its time to create one, and a pool is scaled
    /// meanwhile.
    private void beginToDeclare(ResourceID id, Entry entry, ManagementApi api, Probe.Seen seen) {
        if (!entry.declares().compareAndSet(false, true)) {
            return;
        }
        try {
            aside.execute(() -> declare(id, entry, api, seen));
        } catch (RuntimeException | Error e) {
            entry.declares().set(false);
            throw e;
        }
    }

    private void declare(ResourceID id, Entry entry, ManagementApi api, Probe.Seen seen) {
        try {
            var pool = entry.scaling().pool();
            if (!leadership.holds() || !entry.equals(pools.get(id)) || pool.isMarkedForDeletion()) {
                return;
            }
            if (isNews(entry, declarer.declareMissing(pool, api, seen))) {
                changed.accept(id);
            }
        } finally {
            entry.declares().set(false);
        }
    }

    private static boolean isNews(Entry entry, Map<String, String> refused) {
        entry.turn().lock();
        try {
            return entry.scaling().refusedAre(refused);
        } finally {
            entry.turn().unlock();
        }
    }

    private Optional<BrokerAccess> broker(ResourceID id) {
        return Optional.ofNullable(pools.get(id))
                .flatMap(entry -> entry.scaling().plan().broker());
    }

    private boolean isEmpty(ResourceID id) {
        var entry = pools.get(id);
        return entry != null && entry.scaling().isEmpty();
    }

    private void blind(ResourceID id, Entry entry, String reason, String message) {
        watch.forget(id);
        step(id, entry, new Probe.Blind(reason, message, clock.instant()), Map.of());
    }

    private void step(ResourceID id, Entry entry, Probe probe, Map<String, String> refused) {
        if (!leadership.holds() || !entry.turn().tryLock()) {
            return;
        }
        try {
            if (moves(id, entry, probe, refused)) {
                changed.accept(id);
            }
        } catch (RuntimeException | Error e) {
            // the loop goes on
            LOG.warn(
                    "pool {}: what became of its scaling was not told, next try at the next look: {}",
                    id,
                    e.toString());
        } finally {
            if (!pools.containsKey(id)) {
                // it went meanwhile, and has been heard of again
                erase(id, entry);
            }
            entry.turn().unlock();
        }
    }

    /// Whatever fails here is shown, decided and tried again at the next look.
    private static boolean moves(ResourceID id, Entry entry, Probe probe, Map<String, String> refused) {
        try {
            return entry.scaling().step(probe, refused);
        } catch (RuntimeException | Error e) {
            boolean news = entry.scaling().failed(probe, refused, e);
            if (news) {
                LOG.warn("pool {}: scaling failed, tried again at each look: {}", id, e.toString());
            }
            return news;
        }
    }

    /// Queues that the pool declares and does not consume: they must be there, and what waits in them is not its work.
    private static Set<String> others(TaskWorkerPool pool) {
        var others = new HashSet<>(QueueDeclarer.declared(pool));
        others.removeAll(queues(pool));
        return others;
    }

    private static Set<String> queues(TaskWorkerPool pool) {
        return Stream.concat(pool.getSpec().queues().stream().map(QueueSpec::name), QueueCleaner.doomed(pool).stream())
                .collect(Collectors.toSet());
    }
}
