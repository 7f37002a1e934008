package dev.jtask.protocol.message;

import dev.jtask.protocol.json.Limits;
import org.jspecify.annotations.Nullable;

/// How long a task may run. On the wire the hard limit comes first. Zero is no limit, as in Celery.
///
/// @param hard seconds after which the task is given up; null without
/// @param soft seconds after which the task is asked to stop; null without
public record TimeLimits(@Nullable Double hard, @Nullable Double soft) {

    public static final TimeLimits NONE = new TimeLimits(null, null);

    /// @throws IllegalArgumentException when one is negative or above a hundred years
    public TimeLimits {
        hard = checked("hard", hard);
        soft = checked("soft", soft);
    }

    private static @Nullable Double checked(String which, @Nullable Double seconds) {
        // written so that NaN is refused too
        if (seconds != null && !(seconds >= 0 && seconds <= Limits.SECONDS)) {
            throw new IllegalArgumentException(
                    "a %s time limit is 0 seconds to a hundred years, not %s seconds".formatted(which, seconds));
        }
        return seconds == null || seconds == 0 ? null : seconds;
    }
}
