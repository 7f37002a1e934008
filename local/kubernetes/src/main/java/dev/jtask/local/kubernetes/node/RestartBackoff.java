package dev.jtask.local.kubernetes.node;

import java.time.Duration;

/// How long a container waits before it is started again: the first time not at all, then from 1 s doubling to 30 s.
/// Having run for a minute makes up for earlier ends.
final class RestartBackoff {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 5;

    private int ends;

    /// @param ran how long the process ran that just ended
    Duration next(Duration ran) {
        ends = ran.compareTo(FORGIVEN_AFTER) >= 0 ? 1 : ends + 1;
        if (ends == 1) {
            return Duration.ZERO;
        }
        var doubled = Duration.ofSeconds(1L << Math.min(ends - 2, DOUBLINGS));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
