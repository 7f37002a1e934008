package dev.jtask.operator.event;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What there is to tell between two statuses: a change is told once, as the status before is kept by Kubernetes and
/// outlives the operator.
public final class Announcements {

    private static final Map<String, String> RECOVERIES =
            Map.of(Conditions.BROKER_REACHABLE, "BrokerRecovered", Conditions.QUEUES_READY, "QueuesFound");
    private static final Set<String> PODS_AND_DEPLOYMENT = Set.of(
            "PodsFailing",
            "PodsRefused",
            "ScalingRefused",
            "RolloutPaused",
            "RolloutStuck",
            "DeploymentRejected",
            "DeploymentForbidden",
            "DeploymentConflict",
            "TemplateInvalid",
            "TokenSecretMissing",
            "WindowInvalid",
            "ReconcileFailed");
    /// What says nothing of whether the pool may grow again.
    private static final Set<String> HELD_ANYWAY = Set.of("Blind", "Paused", "Off", "NotDecidedYet");
    /// States that pass by themselves.
    private static final Set<String> PASSING = Set.of("BeingDeclared");

    private Announcements() {}

    public static List<Announcement> between(@Nullable TaskWorkerPoolStatus before, TaskWorkerPoolStatus after) {
        var old = before == null ? List.<Condition>of() : before.conditions();
        return Stream.concat(
                        after.conditions().stream()
                                .flatMap(condition ->
                                        about(find(old, condition.getType()).orElse(null), condition)),
                        aboutGrowth(before == null ? Map.of() : Brakes.of(before), after))
                .toList();
    }

    private static Stream<Announcement> about(@Nullable Condition before, Condition now) {
        var recovery = RECOVERIES.get(now.getType());
        if (recovery != null) {
            return aboutBroker(before, now, recovery);
        }
        return now.getType().equals(Conditions.READY)
                        && PODS_AND_DEPLOYMENT.contains(now.getReason())
                        && hasNewReason(before, now)
                ? warning(now)
                : Stream.of();
    }

    private static Stream<Announcement> aboutBroker(@Nullable Condition before, Condition now, String recovery) {
        return switch (now.getStatus()) {
            case "False" ->
                hasNewReason(before, now) && !PASSING.contains(now.getReason()) ? warning(now) : Stream.of();
            case "True" ->
                before != null && before.getStatus().equals("False") && !PASSING.contains(before.getReason())
                        ? Stream.of(Announcement.normal(recovery, now.getMessage()))
                        : Stream.of();
            default -> Stream.of();
        };
    }

    /// What keeps a pool from growing is told as it begins and ends, not each time that the need passes the pool's
    /// size.
    ///
    /// @param before what kept it so
    private static Stream<Announcement> aboutGrowth(Map<String, String> before, TaskWorkerPoolStatus status) {
        var now = Brakes.of(status);
        if (!now.isEmpty()) {
            return now.entrySet().stream()
                    .filter(brake -> !before.containsKey(brake.getKey()))
                    .map(brake -> Announcement.warning(brake.getKey(), brake.getValue()));
        }
        return !before.isEmpty()
                        && find(status.conditions(), Conditions.SCALING_LIMITED)
                                .filter(limited -> !HELD_ANYWAY.contains(limited.getReason()))
                                .isPresent()
                ? Stream.of(Announcement.normal("GrowthResumed", "the pool grows again as it needs"))
                : Stream.of();
    }

    private static boolean hasNewReason(@Nullable Condition before, Condition now) {
        return before == null
                || !before.getReason().equals(now.getReason())
                || !before.getStatus().equals(now.getStatus());
    }

    private static Stream<Announcement> warning(Condition now) {
        return Stream.of(Announcement.warning(now.getReason(), now.getMessage()));
    }

    private static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }
}
