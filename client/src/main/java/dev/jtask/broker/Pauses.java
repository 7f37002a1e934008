package dev.jtask.broker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait between tries: twice as long each time up to a cap, less up to half of it by chance, so that those
/// who failed together do not come back together. One shape for everything that repeats.
///
/// @param first the longest first wait, above zero
/// @param cap the longest wait of all
public record Pauses(Duration first, Duration cap) {

    /// For connections, and for what a broker does not take at the moment: 100 ms to 10 s.
    public static final Pauses USUAL = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(10));

    public Pauses {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "pauses grow from above zero to a cap, not from %s to %s".formatted(first, cap));
        }
    }

    /// @param failures so far in a row, 1 after the first
    public Duration after(int failures) {
        return after(failures, ThreadLocalRandom.current().nextDouble());
    }

    /// @param random uniform in 0..1
    Duration after(int failures, double random) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(Math.max(failures, 1), 40) - 1.0);
        double most = Math.min(doubled, (double) cap.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(most * (1 - random / 2))));
    }
}
