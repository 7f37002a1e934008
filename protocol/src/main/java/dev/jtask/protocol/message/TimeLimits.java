package dev.jtask.protocol.message;

import org.jspecify.annotations.Nullable;

/// How long a task may run. On the wire the hard limit comes first.
///
/// @param hard seconds after which the task is given up
/// @param soft seconds after which the task is asked to stop
public record TimeLimits(@Nullable Double hard, @Nullable Double soft) {

    public static final TimeLimits NONE = new TimeLimits(null, null);
}
