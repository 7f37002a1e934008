package dev.jtask.autoscaler;

import org.jspecify.annotations.Nullable;

/// One pod that is not on its way out.
///
/// @param id never that of another pod
/// @param startupSeconds from its creation to the moment since which it is ready, null while it is not
/// @param started whether its worker is up: one that is not ready, or no longer, may run tasks all the same
/// @param report what its worker says of itself, null when it does not
public record PodSample(
        String id,
        @Nullable Double startupSeconds,
        boolean started,
        @Nullable WorkerReport report) {

    public PodSample {
        if (!started && (startupSeconds != null || report != null)) {
            throw new IllegalArgumentException("pod %s is ready or says something, so it has started".formatted(id));
        }
    }

    /// A pod that has started if it is ready or says something.
    public PodSample(String id, @Nullable Double startupSeconds, @Nullable WorkerReport report) {
        this(id, startupSeconds, startupSeconds != null || report != null, report);
    }

    boolean isReady() {
        return startupSeconds != null;
    }

    /// Whether it may run something and does not say.
    boolean isSilent() {
        return started && report == null;
    }

    /// Whether something would be cut off if it went, by its own word.
    boolean isBusy() {
        return report != null && report.busySlots() > 0;
    }
}
