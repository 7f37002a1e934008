package dev.jtask.protocol.time;

import java.time.Duration;
import java.time.Instant;

/// A stretch of time by the wall clock. One that is put back makes no wait longer: earlier than it began it is over,
/// like after its end. Who waits within the process does it by one of these.
///
/// @param began up to when it was not yet
/// @param until when it is over
public record Wait(Instant began, Instant until) {

    /// Nothing to wait for.
    public static final Wait OVER = new Wait(Instant.MIN, Instant.MIN);

    /// From now on.
    public static Wait of(Instant now, Duration length) {
        return new Wait(now, now.plus(length));
    }

    public boolean isOver(Instant now) {
        return now.isBefore(began) || !now.isBefore(until);
    }

    /// What is left of it, zero when it is over.
    public Duration left(Instant now) {
        return isOver(now) ? Duration.ZERO : Duration.between(now, until);
    }
}
