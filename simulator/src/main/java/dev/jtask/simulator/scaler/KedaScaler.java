package dev.jtask.simulator.scaler;

import dev.jtask.simulator.world.QueueFigures;
import dev.jtask.simulator.world.Scaler;
import dev.jtask.simulator.world.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// KEDA between 0 and 1, its HPA above. Several queues are one trigger with a regular expression and their sum.
final class KedaScaler implements Scaler {

    private record Reading(double length, double rate) {}

    private final KedaSetting setting;
    private final Hpa hpa;
    private double nextPoll;
    private double nextSync;
    private double lastActive = Double.NEGATIVE_INFINITY;

    KedaScaler(KedaSetting setting, int max) {
        this.setting = setting;
        this.hpa = new Hpa(setting.window(), setting.hasBehavior(), max);
    }

    @Override
    public Wish look(Sight sight) {
        double now = sight.now();
        int current = sight.pods().size();
        var reading = read(sight);
        // no answer: neither KEDA nor the HPA changes anything
        if (reading.isPresent()) {
            current = decide(now, current, reading.get());
        }
        nextPoll = now >= nextPoll ? now + setting.polling() : nextPoll;
        nextSync = now >= nextSync ? now + Hpa.SYNC : nextSync;
        return new Wish(current, false, false, Math.max(0.001, Math.min(nextPoll, nextSync) - now));
    }

    private int decide(double now, int current, Reading reading) {
        int size = current;
        if (now >= nextPoll) {
            boolean active = reading.length() > 0 || (setting.ratePerPod() > 0 && reading.rate() > 0);
            if (active) {
                lastActive = now;
                size = Math.max(1, size);
            } else if (now - lastActive > setting.cooldown()) {
                size = 0;
            }
        }
        return now >= nextSync ? hpa.sync(now, size, metrics(reading)) : size;
    }

    private List<Hpa.Metric> metrics(Reading reading) {
        var metrics = new ArrayList<Hpa.Metric>();
        metrics.add(new Hpa.Metric(reading.length(), setting.perPod()));
        if (setting.ratePerPod() > 0) {
            metrics.add(new Hpa.Metric(reading.rate(), setting.ratePerPod()));
        }
        return metrics;
    }

    private Optional<Reading> read(Sight sight) {
        if (setting.amqp()) {
            return sight.readyNow()
                    .map(queues -> new Reading(
                            queues.stream().mapToLong(Long::longValue).sum(), 0));
        }
        return sight.statistics()
                .map(queues -> new Reading(
                        queues.stream()
                                .mapToLong(queue -> queue.ready() + queue.unacked())
                                .sum(),
                        queues.stream().mapToDouble(QueueFigures::publishRate).sum()));
    }
}
