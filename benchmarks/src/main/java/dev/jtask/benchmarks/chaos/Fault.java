package dev.jtask.benchmarks.chaos;

/// One fault as it happened.
///
/// @param target the worker's number, or [#BROKER], which all feel
/// @param from milliseconds of the epoch
/// @param to when it was over; as `from` when it took no time
record Fault(int id, Kind kind, int target, long from, long to) {

    static final int BROKER = -1;

    /// What can happen, and whether a task may run twice for it.
    enum Kind {
        /// SIGKILL; another process takes its place.
        KILL(true),
        /// SIGTERM; another process takes its place. Running tasks end well before the time-out.
        DRAIN(false),
        /// SIGSTOP, and SIGCONT some seconds later.
        FREEZE(false),
        /// The worker's connections are cut several times, also while they are opened.
        CUT(true),
        /// Nothing passes between the worker and the broker for some seconds, then its connections are cut.
        SILENCE(true),
        /// The broker stops in good order and comes back.
        RESTART(true),
        /// The broker is killed and comes back.
        CRASH(true),
        /// The broker takes no messages for some seconds.
        ALARM(false),
        /// An exchange of the delays is deleted.
        DELETION(false);

        private final boolean repeats;

        Kind(boolean repeats) {
            this.repeats = repeats;
        }

        /// Whether what was running or not yet acknowledged may run once more.
        boolean repeats() {
            return repeats;
        }

        boolean isTheBrokers() {
            return switch (this) {
                case RESTART, CRASH, ALARM, DELETION -> true;
                case KILL, DRAIN, FREEZE, CUT, SILENCE -> false;
            };
        }
    }

    /// Whether it may have made this worker's work void, at some moment between these.
    boolean touches(int worker, long begin, long end) {
        return kind.repeats() && (target == BROKER || target == worker) && from <= end && to >= begin;
    }
}
