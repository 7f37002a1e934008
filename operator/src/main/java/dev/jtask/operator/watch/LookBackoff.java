package dev.jtask.operator.watch;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// How long to leave a broker alone after failures: the tick, doubled with each, at most 30 s.
///
/// @param answer how long each answer of a server may take
record LookBackoff(Duration tick, Duration answer) {

    /// A list and what is asked of single queues: every answer has its own deadline.
    private static final int ANSWERS_OF_A_LOOK = 6;

    private static final Duration LEAST = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// Longer than any look should take.
    ///
    /// @param servers that are asked one after the other
    Duration abandonedAfter(int servers) {
        return Collections.max(List.of(LEAST, answer.multipliedBy((long) ANSWERS_OF_A_LOOK * servers)));
    }

    /// @param failures how many looks failed in a row, at least 1
    Duration after(int failures) {
        var pause = tick.multipliedBy(1L << Math.min(failures - 1, 10));
        return Collections.min(List.of(pause, Collections.max(List.of(LONGEST, tick))));
    }
}
