package dev.jtask.simulator.load;

import java.util.random.RandomGenerator;

/// How long tasks take.
@FunctionalInterface
interface Service {

    double draw(RandomGenerator random);

    static Service fixed(double seconds) {
        return random -> seconds;
    }

    static Service exponential(double mean) {
        return random -> mean * random.nextExponential();
    }

    static Service uniform(double from, double to) {
        return random -> random.nextDouble(from, to);
    }

    /// @param sigma 0.5 is mild, 1.5 has a heavy tail
    static Service logNormal(double mean, double sigma) {
        return random -> mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    }

    /// A tail that is never over, cut at 200 times the mean.
    static Service pareto(double mean, double alpha) {
        return random -> {
            double least = mean * (alpha - 1) / alpha;
            return Math.min(200 * mean, least / Math.pow(1 - random.nextDouble(), 1 / alpha));
        };
    }

    /// @param share of the first kind
    static Service either(double share, Service one, Service other) {
        return random -> random.nextDouble() < share ? one.draw(random) : other.draw(random);
    }
}
