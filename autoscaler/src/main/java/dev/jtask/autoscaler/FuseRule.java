package dev.jtask.autoscaler;

import java.time.Duration;

/// When a pool no longer grows because what it runs fails.
///
/// @param failedPercent of the runs that fail, or of the deliveries that came before; 0 for never
/// @param within the time that is looked at
/// @param leastRuns fewer say nothing
public record FuseRule(int failedPercent, Duration within, int leastRuns) {

    public static final FuseRule DEFAULTS = new FuseRule(50, Duration.ofMinutes(1), 20);

    public FuseRule {
        if (failedPercent < 0 || failedPercent > 100) {
            throw new IllegalArgumentException("failureFuse.failedPercent must be 0 to 100, not " + failedPercent);
        }
        if (!within.isPositive()) {
            throw new IllegalArgumentException("failureFuse.within must be positive, not " + within);
        }
        if (leastRuns < 1) {
            throw new IllegalArgumentException("failureFuse.leastRuns must be at least 1, not " + leastRuns);
        }
    }
}
