package dev.jtask.operator.status;

import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Terms;
import dev.jtask.crds.v1alpha1.ScalingTerms;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a decision was computed from, as it stands in a status.
final class Explanation {

    /// What takes no longer ends within any drain.
    private static final double SHORTEST = 0.01;

    private Explanation() {}

    /// @return null where nothing was computed
    static @Nullable ScalingTerms of(Decision decision) {
        var terms = decision.terms();
        return terms.queues().isEmpty()
                ? null
                : new ScalingTerms(
                        rounded(decision.need()),
                        rounded(terms.startupSeconds()),
                        rounded(terms.drainSeconds()),
                        rounded(terms.busySlots()),
                        longest(decision.next().longestSeconds()),
                        terms.queues().stream().map(Explanation::queue).toList());
    }

    /// The same with what had been learned of queues that are unknown for now: their tasks take as long as they did.
    static ScalingTerms keeping(ScalingTerms now, ScalingTerms before, Set<String> unknown) {
        var kept = before.queues().stream()
                .filter(queue -> unknown.contains(queue.name()))
                .map(queue -> new ScalingTerms.Queue(
                        queue.name(), null, queue.busySeconds(), queue.sharePercent(), 0.0, 0.0, 0.0));
        return new ScalingTerms(
                now.need(),
                now.startupSeconds(),
                now.drainSeconds(),
                now.busySlots(),
                now.longestSeconds(),
                Stream.concat(now.queues().stream(), kept).toList());
    }

    private static ScalingTerms.Queue queue(Terms.QueueTerms queue) {
        var share = queue.share();
        return new ScalingTerms.Queue(
                queue.name(),
                queue.rateKnown() ? Double.valueOf(rounded(queue.arrivalRate())) : null,
                queue.learned() ? Double.valueOf(learned(queue.busySeconds())) : null,
                share == null ? null : Integer.valueOf((int) Math.round(100 * share.part())),
                rounded(queue.arrivalSlots()),
                rounded(queue.backlogSlots()),
                rounded(queue.runningSlots()));
    }

    /// It fades from look to look, which is no news; a later operator may know it as longer, and not as shorter.
    private static @Nullable Double longest(double seconds) {
        double below = Math.scalb(1.0, Math.getExponent(seconds));
        return seconds < SHORTEST ? null : Double.valueOf(below < seconds ? 2 * below : below);
    }

    /// Three digits that count: a later operator computes with it, and a task may take a tenth of a millisecond.
    private static double learned(double seconds) {
        return new BigDecimal(seconds).round(new MathContext(3)).doubleValue();
    }

    /// Three digits behind the point: a millisecond, a thousandth of a slot.
    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
