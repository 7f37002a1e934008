package dev.jtask.protocol.time;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait between tries: twice as long each time up to a cap. Those who may have failed together take
/// less, up to half of it by chance, so that they do not come back together.
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

    /// Less than [#doubled(int)], by up to half of it.
    ///
    /// @param failures so far in a row, 1 after the first
    public Duration after(int failures) {
        return after(failures, ThreadLocalRandom.current().nextDouble());
    }

    /// @param random uniform in 0..1
    Duration after(int failures, double random) {
        return milliseconds(doubled(failures).toMillis() * (1 - random / 2));
    }

    /// For who is alone: the longest one, to the millisecond.
    ///
    /// @param failures so far in a row, 1 after the first
    public Duration doubled(int failures) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(Math.max(failures, 1), 40) - 1.0);
        return milliseconds(Math.min(doubled, (double) cap.toMillis()));
    }

    private static Duration milliseconds(double some) {
        return Duration.ofMillis(Math.max(1, Math.round(some)));
    }
}
