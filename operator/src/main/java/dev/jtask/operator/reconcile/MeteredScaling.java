package dev.jtask.operator.reconcile;

import dev.jtask.autoscaler.Reason;
import dev.jtask.operator.scaling.ScalingMetrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Decisions as counters, by pool and reason: those that never were have none.
public final class MeteredScaling implements ScalingMetrics {

    private record Counters(Map<Reason, Counter> decisions, Map<Reason, Counter> grown, Map<Reason, Counter> shrunk) {
        static Counters none() {
            return new Counters(new EnumMap<>(Reason.class), new EnumMap<>(Reason.class), new EnumMap<>(Reason.class));
        }
    }

    private final MeterRegistry registry;
    private final Map<ResourceID, Counters> pools = new ConcurrentHashMap<>();

    public MeteredScaling(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void decided(ResourceID pool, Reason reason) {
        update(
                pool,
                counters -> counters.decisions()
                        .computeIfAbsent(
                                reason,
                                any -> counter(
                                        pool,
                                        "jtask.pool.decisions",
                                        "Decisions on a pool's size",
                                        Tags.of("reason", reason.name())))
                        .increment());
    }

    @Override
    public void changed(ResourceID pool, Reason reason, int by) {
        update(
                pool,
                counters -> (by > 0 ? counters.grown() : counters.shrunk())
                        .computeIfAbsent(
                                reason,
                                any -> counter(
                                        pool,
                                        "jtask.pool.size.changes",
                                        "Changes of a pool's size",
                                        Tags.of("reason", reason.name(), "direction", by > 0 ? "up" : "down")))
                        .increment());
    }

    @Override
    public void forget(ResourceID pool) {
        Optional.ofNullable(pools.remove(pool))
                .ifPresent(gone -> Stream.of(gone.decisions(), gone.grown(), gone.shrunk())
                        .flatMap(each -> each.values().stream())
                        .forEach(registry::remove));
    }

    private void update(ResourceID pool, Consumer<Counters> count) {
        pools.compute(pool, (id, known) -> {
            var counters = known == null ? Counters.none() : known;
            count.accept(counters);
            return counters;
        });
    }

    private Counter counter(ResourceID pool, String name, String description, Tags tags) {
        return Counter.builder(name)
                .description(description)
                .tag("namespace", pool.getNamespace().orElse(""))
                .tag("pool", pool.getName())
                .tags(tags)
                .register(registry);
    }
}
