package dev.jtask.simulator.load;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// Draws tasks into a list: Poisson for a rate that moves, at once for bursts.
final class Arrivals {

    private final RandomGenerator random;
    final TaskList tasks = new TaskList();

    Arrivals(RandomGenerator random) {
        this.random = random;
    }

    /// @param rate tasks per second at a second
    Arrivals rate(double from, double until, DoubleUnaryOperator rate, Service service) {
        return rate(from, until, rate, service, 0, Kind.PLAIN);
    }

    Arrivals rate(double from, double until, DoubleUnaryOperator rate, Service service, int queue, Kind kind) {
        for (double second = from; second < until; second++) {
            int count = poisson(rate.applyAsDouble(second) * Math.min(1, until - second));
            for (int i = 0; i < count; i++) {
                tasks.add(second + random.nextDouble(), service.draw(random), queue, kind);
            }
        }
        return this;
    }

    /// So many within a second.
    Arrivals burst(double at, int count, Service service) {
        for (int i = 0; i < count; i++) {
            tasks.add(at + random.nextDouble(), service.draw(random));
        }
        return this;
    }

    RandomGenerator random() {
        return random;
    }

    private int poisson(double mean) {
        if (mean > 50) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        int count = -1;
        for (double sum = 0; sum < mean; sum += random.nextExponential()) {
            count++;
        }
        return Math.max(0, count);
    }
}
