package dev.jtask.operator.fake;

import dev.jtask.operator.watch.BrokerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the outcome of each look.
public final class RecordingBrokerMetrics implements BrokerMetrics {

    private final List<String> looks = new CopyOnWriteArrayList<>();
    private volatile Set<String> kept = Set.of();

    @Override
    public void looked(String broker, String outcome, Duration took) {
        looks.add(broker + " " + outcome);
    }

    @Override
    public void keep(Set<String> brokers) {
        kept = brokers;
    }

    public List<String> looks() {
        return List.copyOf(looks);
    }

    /// Those that were looked at last.
    public Set<String> kept() {
        return kept;
    }
}
