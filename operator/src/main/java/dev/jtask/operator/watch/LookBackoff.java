package dev.jtask.operator.watch;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// How long to leave a broker alone after failures: the tick, doubled with each, at most 30 s.
record LookBackoff(Duration tick) {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// @param failures how many looks failed in a row, at least 1
    Duration after(int failures) {
        var pause = tick.multipliedBy(1L << Math.min(failures - 1, 10));
        return Collections.min(List.of(pause, Collections.max(List.of(LONGEST, tick))));
    }
}
