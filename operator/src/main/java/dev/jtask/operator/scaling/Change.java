package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Reason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// One change of a pool's size, or of the size that is recommended.
///
/// @param message the sentence of the decision
public record Change(Instant at, int from, int to, Reason reason, String message) {

    /// How many are kept.
    public static final int KEPT = 20;

    static List<Change> with(List<Change> before, Change newest) {
        return Stream.concat(before.stream(), Stream.of(newest))
                .skip(Math.max(0, before.size() + 1 - KEPT))
                .toList();
    }
}
