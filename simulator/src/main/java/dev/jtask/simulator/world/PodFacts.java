package dev.jtask.simulator.world;

import java.util.List;
import java.util.OptionalDouble;

/// What can be seen of a pod that is not on its way out.
///
/// @param created in seconds from the start
/// @param firstReady when it was first ready; empty while it starts
/// @param readySince when it last became ready: later than the first time once the broker was away
/// @param ready whether it takes tasks now
/// @param running tasks that it runs now
/// @param oldestSeconds how long the oldest of them has run
/// @param failed its runs that failed
/// @param work its totals, queue by queue
public record PodFacts(
        int id,
        double created,
        OptionalDouble firstReady,
        double readySince,
        boolean ready,
        int running,
        double oldestSeconds,
        long failed,
        List<Work> work) {

    public PodFacts {
        work = List.copyOf(work);
    }

    /// @param busySeconds slot-seconds spent so far, running tasks included
    /// @param ended runs that are over, whatever came of them
    public record Work(double busySeconds, long ended) {}
}
