package dev.jtask.operator.reconcile;

import dev.jtask.operator.watch.BrokerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at brokers as timers, by broker and outcome, as long as they are looked at.
public final class MeteredLooks implements BrokerMetrics {

    private record Kind(String broker, String outcome) {}

    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    public MeteredLooks(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void looked(String broker, String outcome, Duration took) {
        timers.computeIfAbsent(
                        new Kind(broker, outcome),
                        any -> registry.timer("jtask.broker.probe", "broker", broker, "outcome", outcome))
                .record(took);
    }

    @Override
    public void keep(Set<String> brokers) {
        for (var kind : timers.keySet()) {
            if (!brokers.contains(kind.broker())) {
                timers.computeIfPresent(kind, (same, timer) -> {
                    registry.remove(timer);
                    return null;
                });
            }
        }
    }
}
