package dev.jtask.oauth;

import java.time.Duration;
import java.time.Instant;

/// What the broker takes for a password, for a while.
///
/// @param from when it was asked for
/// @param life from then on, above zero
record Token(String text, Instant from, Duration life) {

    /// The part of its life after which a new one is asked for.
    private static final double USED = 0.8;

    /// Below zero when it has ended.
    Duration left(Instant now) {
        return Duration.between(now, from.plus(life));
    }

    Instant due() {
        return from.plusMillis((long) (life.toMillis() * USED));
    }

    /// Also where the clock was put back behind its begin: nobody knows how much of it is left then.
    boolean isDue(Instant now) {
        return now.isBefore(from) || !now.isBefore(due());
    }

    @Override
    public String toString() {
        return "a token of %s for %s".formatted(from, life);
    }
}
