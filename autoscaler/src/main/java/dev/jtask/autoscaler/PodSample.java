package dev.jtask.autoscaler;

import org.jspecify.annotations.Nullable;

/// One pod that is not on its way out.
///
/// @param id never that of another pod
/// @param startupSeconds from its creation to the moment since which it is ready, null while it is not
/// @param report what its worker says of itself, null when it does not
public record PodSample(
        String id,
        @Nullable Double startupSeconds,
        @Nullable WorkerReport report) {

    boolean isReady() {
        return startupSeconds != null;
    }

    /// Whether it can go without anything being cut off; a ready pod that says nothing may run something.
    boolean isIdle() {
        return report == null ? !isReady() : report.busySlots() == 0;
    }
}
