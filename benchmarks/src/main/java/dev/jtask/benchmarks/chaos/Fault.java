package dev.jtask.benchmarks.chaos;

/// One fault as it happened.
///
/// @param target the worker's number, or [#BROKER], which all feel
/// @param from milliseconds of the epoch
/// @param to when it was over; as `from` when it took no time
record Fault(int id, Kind kind, int target, long from, long to) {

    static final int BROKER = -1;

    /// A worker finds out what is missing when it needs it the next time.
    private static final long FOUND_OUT_MILLIS = 10_000;

    /// What can happen, and what may be done twice for it.
    enum Kind {
        /// SIGKILL; another process takes its place.
        KILL(Twice.RUNS),
        /// SIGTERM; another process takes its place. Running tasks end well before the time-out.
        DRAIN(Twice.NOTHING),
        /// SIGSTOP, and SIGCONT some seconds later.
        FREEZE(Twice.NOTHING),
        /// The worker's connections are cut several times, also while they are opened.
        CUT(Twice.RUNS),
        /// Nothing passes between the worker and the broker for some seconds, then its connections are cut.
        SILENCE(Twice.RUNS),
        /// The broker stops in good order and comes back.
        RESTART(Twice.RUNS),
        /// The broker is killed and comes back.
        CRASH(Twice.RUNS),
        /// The broker takes no messages for some seconds.
        ALARM(Twice.NOTHING),
        /// An exchange of the delays is deleted: the next delay closes the channel, and others on it are not confirmed.
        DELETION(Twice.SENDS);

        private final Twice twice;

        Kind(Twice twice) {
            this.twice = twice;
        }

        boolean isTheBrokers() {
            return switch (this) {
                case RESTART, CRASH, ALARM, DELETION -> true;
                case KILL, DRAIN, FREEZE, CUT, SILENCE -> false;
            };
        }
    }

    /// What may be done twice for a fault.
    private enum Twice {
        NOTHING,
        /// What was sent at that time.
        SENDS,
        /// That, and what was running or not yet acknowledged.
        RUNS
    }

    /// Whether it may have made this worker's runs void, at some moment between these.
    boolean touches(int worker, long begin, long end) {
        return kind.twice == Twice.RUNS && isBetween(worker, begin, end);
    }

    /// Whether what this worker sent may have been sent twice, at some moment between these.
    boolean touchesSending(int worker, long begin, long end) {
        return switch (kind.twice) {
            case NOTHING -> false;
            case SENDS -> isBetween(worker, begin - FOUND_OUT_MILLIS, end);
            case RUNS -> isBetween(worker, begin, end);
        };
    }

    private boolean isBetween(int worker, long begin, long end) {
        return (target == BROKER || target == worker) && from <= end && to >= begin;
    }
}
