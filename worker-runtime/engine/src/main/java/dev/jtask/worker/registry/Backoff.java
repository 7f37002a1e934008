package dev.jtask.worker.registry;

import java.time.Duration;

/// How long to wait before a retry.
public sealed interface Backoff {

    /// @param retries retries so far, from 0
    /// @param random uniform in 0..1, for jitter
    Duration delay(int retries, double random);

    /// The longest that the delay exchanges of a broker can hold a message: 2^28 - 1 seconds.
    Duration LONGEST = Duration.ofSeconds((1 << 28) - 1);

    /// @throws IllegalArgumentException for a delay that nobody can wait for
    static Duration checked(Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("%s is not between 0 and %d days".formatted(delay, LONGEST.toDays()));
        }
        return delay;
    }

    /// The same delay each time.
    record Fixed(Duration delay) implements Backoff {
        public Fixed {
            checked(delay);
        }

        @Override
        public Duration delay(int retries, double random) {
            return delay;
        }
    }

    /// Doubles from `first` to at most `cap`.
    record Exponential(Duration first, Duration cap) implements Backoff {
        public Exponential {
            checked(first);
            checked(cap);
        }

        @Override
        public Duration delay(int retries, double random) {
            double doubled = (double) first.toMillis() * Math.pow(2, Math.min(retries, 62));
            return Duration.ofMillis(Math.round(Math.min(doubled, (double) cap.toMillis())));
        }
    }

    /// Anything from zero to what [Exponential] would take, as Celery's `retry_jitter`.
    record Jittered(Duration first, Duration cap) implements Backoff {
        public Jittered {
            checked(first);
            checked(cap);
        }

        @Override
        public Duration delay(int retries, double random) {
            var most = new Exponential(first, cap).delay(retries, random);
            return Duration.ofMillis(Math.round(random * most.toMillis()));
        }
    }
}
