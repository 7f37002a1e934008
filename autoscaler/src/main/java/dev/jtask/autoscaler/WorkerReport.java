package dev.jtask.autoscaler;

import java.util.Map;

/// What a worker says of itself.
///
/// @param busySlots tasks that it runs now
/// @param oldestSeconds how long the oldest of them has run
/// @param work its totals since it started, by queue
public record WorkerReport(int busySlots, double oldestSeconds, Map<String, Work> work) {

    public WorkerReport {
        work = Map.copyOf(work);
    }

    /// @param busySeconds slot-seconds, which grow while a task runs
    /// @param ended runs that are over, whatever came of them
    public record Work(double busySeconds, double ended) {

        static final Work NONE = new Work(0, 0);

        /// Both together.
        public Work plus(Work other) {
            return new Work(busySeconds + other.busySeconds, ended + other.ended);
        }

        /// What was added since; a worker that began again has done all of it since.
        Work since(Work before) {
            return busySeconds < before.busySeconds || ended < before.ended
                    ? this
                    : new Work(busySeconds - before.busySeconds, ended - before.ended);
        }

        Work times(double factor) {
            return new Work(busySeconds * factor, ended * factor);
        }
    }
}
