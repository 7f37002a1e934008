package dev.jtask.autoscaler;

import dev.jtask.autoscaler.WorkerReport.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether most of what a pool runs fails: then more pods are more failures, and more load for what is down already.
///
/// @param steps what ended between two looks, as far back as the rule looks
/// @param blown whether the pool does not grow
record Fuse(List<Step> steps, boolean blown) {

    static final Fuse WHOLE = new Fuse(List.of(), false);

    /// It is put in again well below the share at which it blows, so that it does not flutter.
    private static final double MENDED = 0.8;

    record Step(Instant at, Runs runs) {}

    Fuse {
        steps = List.copyOf(steps);
    }

    /// @param done what ended since the last look, null when no worker says anything
    Fuse advance(@Nullable Runs done, FuseRule rule, Instant now) {
        var horizon = now.minus(rule.within());
        var kept = Stream.concat(
                        steps.stream().filter(step -> step.at().isAfter(horizon)),
                        Stream.ofNullable(done).filter(runs -> !runs.isNone()).map(runs -> new Step(now, runs)))
                .toList();
        var sum = sum(kept);
        double limit = rule.failedPercent() / 100.0 * (blown ? MENDED : 1);
        boolean blows = rule.failedPercent() > 0
                && sum.counted() >= rule.leastRuns()
                && Math.max(sum.failedShare(), sum.againShare()) >= limit;
        return new Fuse(kept, blows);
    }

    /// The same by a clock that was put back.
    Fuse moved(Duration by) {
        return new Fuse(
                steps.stream()
                        .map(step -> new Step(step.at().plus(by), step.runs()))
                        .toList(),
                blown);
    }

    /// Runs that were seen by somebody before, as if they had just ended.
    ///
    /// @param failing null where that one's pool might grow
    static Fuse of(@Nullable Runs failing, Instant now) {
        return failing == null ? WHOLE : new Fuse(List.of(new Step(now, failing)), true);
    }

    /// What it blew for, null while it is whole.
    @Nullable
    Runs failing() {
        return blown ? sum(steps) : null;
    }

    /// What is wrong, as a clause.
    String cause() {
        var sum = sum(steps);
        return sum.failedShare() >= sum.againShare()
                ? "%d of the last %d runs failed".formatted(Math.round(sum.failed()), Math.round(sum.ended()))
                : "%d of the last %d deliveries were redeliveries"
                        .formatted(Math.round(sum.redelivered()), Math.round(sum.counted()));
    }

    private static Runs sum(List<Step> steps) {
        return steps.stream().map(Step::runs).reduce(Runs.NONE, Runs::plus);
    }
}
