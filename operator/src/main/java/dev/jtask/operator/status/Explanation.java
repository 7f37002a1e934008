package dev.jtask.operator.status;

import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Terms;
import dev.jtask.crds.v1alpha1.ScalingTerms;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// What a decision was computed from, as it stands in a status.
final class Explanation {

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
                        terms.queues().stream().map(Explanation::queue).toList());
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

    /// Three digits that count: a later operator computes with it, and a task may take a tenth of a millisecond.
    private static double learned(double seconds) {
        return new BigDecimal(seconds).round(new MathContext(3)).doubleValue();
    }

    /// Three digits behind the point: a millisecond, a thousandth of a slot.
    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
