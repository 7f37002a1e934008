package dev.jtask.local.demo;

import java.util.regex.Pattern;

/// What a worker's metrics say. The operator reads them too, but it is a program of its own.
final class WorkerMetrics {

    private static final Pattern BUSY = Pattern.compile("(?m)^jtask_worker_busy_slots(?:\\{[^}]*})? ([0-9.eE+]+)");

    private WorkerMetrics() {}

    /// @return 0 when they do not say
    static int busySlots(String metrics) {
        var found = BUSY.matcher(metrics);
        return found.find() ? (int) Double.parseDouble(found.group(1)) : 0;
    }
}
