package dev.jtask.autoscaler;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decisions in words, for `kubectl describe`.
final class Sentences {

    private Sentences() {}

    /// @param unknown queues of which it is not known what waits
    static String need(Need need, ScalingPolicy policy, Basis basis, List<QueueSample> unknown) {
        return figures(need, policy) + shared(need.terms()) + basis(basis, unknown);
    }

    private static String basis(Basis basis, List<QueueSample> unknown) {
        return switch (basis) {
            case FIGURES, NOTHING -> "";
            case COUNT ->
                unknown.isEmpty()
                        ? "; the broker has no figures, what waits was counted"
                        : "; what waits elsewhere is unknown: " + unknown(unknown);
        };
    }

    /// Why it is not known what waits in queues.
    static String unknown(List<QueueSample> queues) {
        var down =
                queues.stream().filter(QueueSample::down).map(QueueSample::name).collect(Collectors.joining(", "));
        var silent = queues.stream()
                .filter(queue -> !queue.down())
                .map(QueueSample::name)
                .collect(Collectors.joining(", "));
        return Stream.of(
                        down.isEmpty() ? "" : "queue %s is down".formatted(down),
                        silent.isEmpty() ? "" : "the broker has no figures of queue %s yet".formatted(silent))
                .filter(clause -> !clause.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private static String shared(Terms terms) {
        return terms.queues().stream()
                .flatMap(queue -> Stream.ofNullable(queue.share())
                        .map(share -> ", %d %% of queue %s being its part beside %s"
                                .formatted(Math.round(100 * share.part()), queue.name(), share.others())))
                .collect(Collectors.joining());
    }

    private static String figures(Need need, ScalingPolicy policy) {
        var terms = need.terms();
        return switch (policy.objective()) {
            case Objective.DrainTime(var within) ->
                "%d ready%s need %s pods to drain in %d s (a task keeps a slot busy %s s%s, %d slots a pod)"
                        .formatted(
                                terms.backlog(),
                                terms.isRateKnown() ? " and %s/s arriving".formatted(number(terms.arrivalRate())) : "",
                                number(need.replicas()),
                                within.toSeconds(),
                                number(terms.busySeconds()),
                                terms.learned() ? "" : " by assumption",
                                policy.slotsPerReplica());
            case Objective.BacklogPerReplica(int messages) ->
                "%d ready and %d in flight need %s pods at %d messages each"
                        .formatted(terms.backlog(), Math.round(terms.busySlots()), number(need.replicas()), messages);
        };
    }

    static String because(Reason reason, int replicas, ScalingPolicy policy, Need need) {
        return switch (reason) {
            case DrainTime, BacklogPerReplica -> "";
            case Idle -> "; nothing waits and nothing runs";
            case MaxReplicas -> "; limited to %d by maxReplicas".formatted(policy.maxReplicas());
            case MinReplicas -> "; kept at %d by minReplicas".formatted(policy.minReplicas());
            case InFlight -> inFlight(replicas, need.terms().busyPods());
            case Stabilizing -> "; kept at %d until that has been so for the stabilization window".formatted(replicas);
            case RateLimited -> "; shrinking by at most %d%% in 15 s".formatted(policy.scaleDownMaxPercent());
            case CountOnly -> ", so %d stay".formatted(replicas);
            case WithinTolerance -> "; %d is within 10%% of that".formatted(replicas);
            // what a plan says comes from there
            case Paused, BelowActivation, Failing, Ineffective, WindowFloor, WindowCeiling, Budget, Blind, Off -> "";
        };
    }

    private static String inFlight(int replicas, int busyPods) {
        return busyPods > replicas
                ? "; %d pods run tasks that a drain could cut off: above maxReplicas %d until these end"
                        .formatted(busyPods, replicas)
                : "; kept at %d: %d pods run tasks that a drain could cut off".formatted(replicas, busyPods);
    }

    static String blind(String cause, int replicas, WhenBlind rule) {
        return switch (rule) {
            case WhenBlind.Hold() -> "the backlog is unknown: %s; holding %d".formatted(cause, replicas);
            case WhenBlind.Fixed(int fixed) ->
                "the backlog is unknown: %s; whenBlind asks for %d".formatted(cause, fixed);
        };
    }

    private static String number(double value) {
        if (value == (long) value) {
            // a pool that has nothing to do says so at every look, and formats are what looks cost most
            return Long.toString((long) value);
        }
        return value >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
