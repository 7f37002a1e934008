package dev.jtask.operator.status;

import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.scaling.Windows;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.Pause;
import dev.jtask.operator.workload.PodReadiness;
import dev.jtask.operator.workload.PodTerms;
import dev.jtask.operator.workload.Rollout;
import dev.jtask.operator.workload.UncreatedPods;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The summary: the first thing that is wrong, or that the pool works.
final class Ready {

    /// The broker's figures are some seconds old, and a pod subscribes when it starts.
    private static final Duration FIGURES_SETTLE = Duration.ofSeconds(30);

    /// Before the first look.
    static final String NOT_DECIDED = "NotDecidedYet";

    private Ready() {}

    static Finding of(Observation seen, Finding brokerReachable, Finding queuesReady) {
        return refused(seen)
                .or(() -> hindered(seen.view()))
                .or(() -> failing(brokerReachable))
                .or(() -> uncreated(seen))
                .or(() -> troubled(seen))
                .or(() -> Rollouts.of(seen.deployment()))
                .or(() -> failing(queuesReady))
                .or(() -> misread(seen))
                .orElseGet(() -> pods(seen).restingOn(brokerReachable, queuesReady));
    }

    private static Optional<Finding> refused(Observation seen) {
        return switch (seen.rollout()) {
            case Rollout.Rejected(var reason, var message) ->
                Optional.of(Finding.no(Conditions.READY, reason, message));
            case Rollout.Failed(var message) -> Optional.of(failed(message));
            case Rollout.Ending(var message) -> Optional.of(Finding.no(Conditions.READY, "DeploymentEnding", message));
            case Rollout.Paused paused ->
                Optional.of(Finding.unknown(
                        Conditions.READY,
                        "ReconciliationPaused",
                        "the annotation %s is set: Deployment, replicas and queues are left as they are; remove it to go on"
                                .formatted(Pause.RECONCILIATION)));
            case Rollout.Done done -> Optional.empty();
            case Rollout.Held held -> Optional.empty();
        };
    }

    /// That a size cannot be written is told by nothing else: whatever the pool has of pods works.
    private static Optional<Finding> hindered(@Nullable PoolView view) {
        return Optional.ofNullable(view)
                .map(PoolView::hindrance)
                .map(why -> Finding.no(Conditions.READY, "ScalingRefused", why));
    }

    /// An error of Kubernetes, or of the operator.
    static Finding failed(String message) {
        return Finding.no(Conditions.READY, "ReconcileFailed", message);
    }

    private static Optional<Finding> failing(Finding finding) {
        return finding.isFalse() ? Optional.of(finding.as(Conditions.READY)) : Optional.empty();
    }

    /// Where others work it is told beside that.
    private static Optional<Finding> uncreated(Observation seen) {
        return seen.wantedReplicas() == 0 || seen.readyReplicas() > 0
                ? Optional.empty()
                : UncreatedPods.of(seen.deployment())
                        .map(words -> Finding.no(
                                Conditions.READY,
                                "PodsRefused",
                                "Kubernetes refuses the pods; satisfy the quota or policy that is named, or correct spec.template: "
                                        + words));
    }

    private static Optional<Finding> troubled(Observation seen) {
        return PodTroubles.of(seen.pods(), seen.readyReplicas() > 0)
                .map(text -> Finding.no(Conditions.READY, "PodsFailing", text));
    }

    /// The pool is sized without a window that cannot be read, which is not what its spec asks.
    private static Optional<Finding> misread(Observation seen) {
        var faults = Windows.of(seen.pool().getSpec().scaling()).faults();
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.no(
                        Conditions.READY,
                        "WindowInvalid",
                        "%s; until it is corrected the pool is sized without it".formatted(String.join("; ", faults))));
    }

    private static Finding pods(Observation seen) {
        int wanted = seen.wantedReplicas();
        if (seen.deployment() == null) {
            return Finding.no(Conditions.READY, "Starting", "the Deployment is being created");
        }
        if (wanted == 0) {
            return empty(seen.view(), seen.pool().getSpec().scaling().mode());
        }
        return seen.readyReplicas() == 0
                ? Finding.no(
                        Conditions.READY,
                        "NoPodReady",
                        "none of %d pods is ready yet; if it stays so, kubectl describe and kubectl logs of a pod say why"
                                .formatted(wanted))
                : unserved(seen).orElseGet(() -> Finding.yes(Conditions.READY, "Working", working(seen)));
    }

    private static String working(Observation seen) {
        return UncreatedPods.of(seen.deployment())
                .map(words -> "pods take tasks; Kubernetes refuses others: " + words)
                .orElse("pods take tasks");
    }

    /// Only a pool that is seen to be idle has nothing to do.
    private static Finding empty(@Nullable PoolView view, ScalingMode mode) {
        if (view == null && mode != ScalingMode.OFF) {
            return Finding.unknown(
                    Conditions.READY,
                    NOT_DECIDED,
                    "no pods run, and the broker has not been asked yet whether any are needed");
        }
        if (view == null) {
            return Finding.yes(
                    Conditions.READY, "ScaledToZero", "no pods run: scaling.mode is Off and nobody asks for any");
        }
        var decision = view.decision();
        // an empty pool is CountOnly where a queue is unknown, in which anything may wait
        if (decision.reason() == Reason.Blind || decision.reason() == Reason.CountOnly) {
            return Finding.unknown(Conditions.READY, "Blind", "no pods run: " + decision.message());
        }
        return Finding.yes(
                Conditions.READY,
                "ScaledToZero",
                decision.reason() == Reason.Idle ? "nothing to do: no pods run" : "no pods run: " + decision.message());
    }

    /// Whether pods that may be ready take nothing as yet, which is told after a while.
    static boolean mayComeToNotConsume(Observation seen) {
        var view = seen.view();
        return view != null
                && seen.wantedReplicas() > 0
                && seen.pool().getSpec().queues().stream()
                        .anyMatch(
                                queue -> Objects.equals(view.queue(queue.name()).consumers(), 0L));
    }

    /// Pods that are ready and take nothing do not work.
    private static Optional<Finding> unserved(Observation seen) {
        var view = seen.view();
        if (view == null
                || !(view.probe() instanceof Probe.Seen probe)
                || seen.pods().stream()
                        .noneMatch(
                                pod -> PodReadiness.isReadySince(pod, probe.at().minus(FIGURES_SETTLE)))) {
            return Optional.empty();
        }
        var spec = seen.pool().getSpec();
        var queues =
                spec.queues().stream().map(QueueSpec::name).map(view::queue).toList();
        var unserved = Unserved.among(queues, seen.readyReplicas(), PodTerms.slots(spec, seen.deployment()));
        return unserved.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.no(
                        Conditions.READY,
                        "NotConsuming",
                        "pods are ready and none consumes from queue %s; kubectl logs of a pod says why"
                                .formatted(String.join(", ", unserved))));
    }
}
