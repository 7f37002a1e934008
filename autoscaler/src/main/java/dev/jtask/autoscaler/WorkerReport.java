package dev.jtask.autoscaler;

import java.util.Map;

/// What a worker says of itself.
///
/// @param busySlots tasks that it runs now
/// @param oldestSeconds how long the oldest of them has run
/// @param work its totals since it started, by queue
/// @param runs what came of them
public record WorkerReport(int busySlots, double oldestSeconds, Map<String, Work> work, Runs runs) {

    public WorkerReport {
        work = Map.copyOf(work);
    }

    /// A worker that does not say what came of its runs.
    public WorkerReport(int busySlots, double oldestSeconds, Map<String, Work> work) {
        this(busySlots, oldestSeconds, work, Runs.NONE);
    }

    /// @param ended runs that came to an end of their own
    /// @param failed those of them that failed, are to be tried again, or were refused
    /// @param redelivered messages that the broker had delivered before
    public record Runs(double ended, double failed, double redelivered) {

        public static final Runs NONE = new Runs(0, 0, 0);

        /// Both together.
        public Runs plus(Runs other) {
            return new Runs(ended + other.ended, failed + other.failed, redelivered + other.redelivered);
        }

        /// What was added since; a worker that began again has done all of it since.
        Runs since(Runs before) {
            return ended < before.ended || failed < before.failed || redelivered < before.redelivered
                    ? this
                    : new Runs(ended - before.ended, failed - before.failed, redelivered - before.redelivered);
        }

        boolean isNone() {
            return counted() == 0;
        }

        /// Runs, or deliveries of those that never end.
        double counted() {
            return Math.max(ended, redelivered);
        }

        double failedShare() {
            return ended == 0 ? 0 : failed / ended;
        }

        double againShare() {
            return isNone() ? 0 : redelivered / counted();
        }
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
