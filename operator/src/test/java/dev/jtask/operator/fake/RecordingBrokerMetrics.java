package dev.jtask.operator.fake;

import dev.jtask.operator.watch.BrokerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the outcome of each look.
public final class RecordingBrokerMetrics implements BrokerMetrics {

    private final List<String> looks = new CopyOnWriteArrayList<>();

    @Override
    public void looked(String broker, String outcome, Duration took) {
        looks.add(broker + " " + outcome);
    }

    public List<String> looks() {
        return List.copyOf(looks);
    }
}
