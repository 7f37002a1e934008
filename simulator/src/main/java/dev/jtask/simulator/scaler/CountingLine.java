package dev.jtask.simulator.scaler;

import dev.jtask.simulator.world.Sight;
import java.util.List;
import java.util.Optional;

/// The connection on which the operator counts what waits: it opens beside the count that wants it, and again after a
/// loss, less and less often while that fails.
final class CountingLine {

    private static final double SHORTEST = 1;
    private static final double LONGEST = 5;

    private boolean open;
    private int failures;
    private double notBefore = Double.NEGATIVE_INFINITY;

    /// @return messages that wait, by queue; empty where that cannot be had
    Optional<List<Long>> count(Sight sight) {
        var ready = sight.readyNow();
        if (ready.isPresent() && open) {
            failures = 0;
            return ready;
        }
        boolean tries = open || sight.now() >= notBefore;
        if (tries && ready.isEmpty()) {
            notBefore = sight.now() + Math.min(LONGEST, SHORTEST * Math.pow(2, Math.min(3, failures++)));
        }
        open = tries && ready.isPresent();
        return Optional.empty();
    }

    void hangUp() {
        open = false;
        notBefore = Double.NEGATIVE_INFINITY;
    }
}
