package dev.jtask.worker.registry;

import java.time.Duration;

/// How long to wait before a retry.
public sealed interface Backoff {

    /// @param retries retries so far, from 0
    /// @param random uniform in 0..1, for jitter
    Duration delay(int retries, double random);

    /// The same delay each time.
    record Fixed(Duration delay) implements Backoff {
        @Override
        public Duration delay(int retries, double random) {
            return delay;
        }
    }

    /// Doubles from `first` to at most `cap`.
    record Exponential(Duration first, Duration cap) implements Backoff {
        @Override
        public Duration delay(int retries, double random) {
            double doubled = (double) first.toMillis() * Math.pow(2, Math.min(retries, 62));
            return Duration.ofMillis(Math.round(Math.min(doubled, (double) cap.toMillis())));
        }
    }

    /// Anything from zero to what [Exponential] would take, as Celery's `retry_jitter`.
    record Jittered(Duration first, Duration cap) implements Backoff {
        @Override
        public Duration delay(int retries, double random) {
            var most = new Exponential(first, cap).delay(retries, random);
            return Duration.ofMillis(Math.round(random * most.toMillis()));
        }
    }
}
