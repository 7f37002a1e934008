package dev.jtask.autoscaler;

import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What a pool of one size brings while work waits and all of its slots are busy.
///
/// @param pods that are ready, near enough
/// @param since when it was first seen so
/// @param last when it was last seen so
/// @param longest seconds that a task was seen to take before
/// @param work what was done between the two, by queue
record Level(int pods, Instant since, Instant last, double longest, Map<String, Work> work) {

    /// Pods come and go one by one without making another size of a large pool.
    private static final double SAME = 0.1;

    private static final Duration GAP = Duration.ofSeconds(30);
    /// Fewer runs of a queue have no mean that is worth a comparison.
    private static final double ENOUGH_RUNS = 20;

    Level {
        work = Map.copyOf(work);
    }

    static Level begin(int pods, double longest, Instant now) {
        return new Level(pods, now, now, longest, Map.of());
    }

    /// Of somebody whose clock may have been ahead.
    static Level of(Guards.Measured measured, Instant now) {
        var told = new Level(
                measured.pods(), measured.since(), measured.last(), measured.longestSeconds(), measured.work());
        return told.last.isAfter(now) ? told.moved(Duration.between(told.last, now)) : told;
    }

    /// The same by a clock that was put back.
    Level moved(Duration by) {
        return new Level(pods, since.plus(by), last.plus(by), longest, work);
    }

    Guards.Measured measured() {
        return new Guards.Measured(pods, since, last, longest, work);
    }

    boolean goesOn(int ready, ScalingPolicy policy, Instant now) {
        return Math.abs(ready - pods) <= pods * SAME && isRecent(policy, now);
    }

    /// Whether it was seen a moment ago, as looks go.
    boolean isRecent(ScalingPolicy policy, Instant now) {
        return last.plus(Running.gap(GAP, policy)).isAfter(now);
    }

    Level plus(Map<String, Work> done, Instant now) {
        var sum = new HashMap<>(work);
        done.forEach((queue, more) -> sum.merge(queue, more, Work::plus));
        return new Level(pods, since, now, longest, sum);
    }

    double seconds() {
        return History.seconds(since, last);
    }

    double ended() {
        return work.values().stream().mapToDouble(Work::ended).sum();
    }

    double busySeconds() {
        return work.values().stream().mapToDouble(Work::busySeconds).sum();
    }

    /// Slots that were busy on average.
    double slots() {
        return seconds() <= 0 ? 0 : busySeconds() / seconds();
    }

    /// The share of its busy time that the same runs would have taken at another level: less than 1 where tasks take
    /// longer here. Queue by queue, as another mixture of tasks is no slowness.
    double speedAgainst(Level base) {
        double here = 0;
        double there = 0;
        for (var entry : work.entrySet()) {
            var mine = entry.getValue();
            var other = base.work().getOrDefault(entry.getKey(), Work.NONE);
            if (mine.ended() >= ENOUGH_RUNS && other.ended() >= ENOUGH_RUNS) {
                here += mine.busySeconds();
                there += mine.ended() * other.busySeconds() / other.ended();
            }
        }
        return here <= 0 ? 1 : Math.min(1, there / here);
    }
}
