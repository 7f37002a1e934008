package dev.jtask.autoscaler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Between how many pods the plan keeps a pool at this hour. A ceiling wins over a floor.
///
/// @param floor the highest that is asked for, `minReplicas` or a window's
/// @param ceiling the lowest that is allowed, `maxReplicas` or a window's
/// @param floorWindow the window that sets the floor, null where `minReplicas` does
/// @param ceilingWindow the window that sets the ceiling, null where `maxReplicas` does
/// @param until when a window opens or closes next, null when none does
public record Range(
        int floor,
        int ceiling,
        @Nullable String floorWindow,
        @Nullable String ceilingWindow,
        @Nullable Instant until) {

    /// A pool without windows.
    public static Range of(int minReplicas, int maxReplicas) {
        return new Range(minReplicas, maxReplicas, null, null, null);
    }

    /// A window that is open, by the name it has in sentences.
    public Range with(String window, @Nullable Integer minReplicas, @Nullable Integer maxReplicas) {
        boolean higher = minReplicas != null && minReplicas > floor;
        boolean lower = maxReplicas != null && maxReplicas < ceiling;
        return new Range(
                higher ? minReplicas : floor,
                lower ? maxReplicas : ceiling,
                higher ? window : floorWindow,
                lower ? window : ceilingWindow,
                until);
    }

    /// The same, with the next moment that changes it.
    public Range until(@Nullable Instant next) {
        return new Range(floor, ceiling, floorWindow, ceilingWindow, next);
    }
}
