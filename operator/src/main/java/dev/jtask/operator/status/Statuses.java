package dev.jtask.operator.status;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.QueueStatus;
import dev.jtask.crds.v1alpha1.ScalingGuards;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.ScalingTerms;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.workload.Labels;
import dev.jtask.protocol.text.Beginning;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a status from what was seen and the status before.
public final class Statuses {

    private static final int LONGEST_SENTENCE = 4_000;

    private Statuses() {}

    public static TaskWorkerPoolStatus compute(Observation seen, Instant now) {
        var pool = seen.pool();
        var generation = Objects.requireNonNullElse(pool.getMetadata().getGeneration(), 0L);
        @Nullable TaskWorkerPoolStatus before = pool.getStatus();
        var view = seen.view();
        var known = before == null ? List.<Condition>of() : before.conditions();
        var broker = orAsBefore(BrokerReachable.of(seen), view, known);
        var queues = orAsBefore(QueuesReady.of(seen), view, known);
        var ready = Ready.of(seen, broker, queues);
        var findings = List.of(
                ready.reason().equals(Ready.NOT_DECIDED) ? orAsBefore(ready, view, known) : ready,
                broker,
                queues,
                orAsBefore(ScalingActive.of(seen), view, known),
                orAsBefore(ScalingLimited.of(seen), view, known));
        var names = pool.getSpec().queues().stream().map(QueueSpec::name).toList();
        return new TaskWorkerPoolStatus(
                answered(findings, generation),
                seen.replicas(),
                seen.readyReplicas(),
                Labels.selectorText(pool),
                view == null ? (before == null ? null : before.backlog()) : view.backlog(names),
                view == null
                        ? (before == null ? List.of() : before.queues())
                        : names.stream().map(name -> queue(view, name)).toList(),
                scaling(seen, before),
                Transitions.merge(known, findings, generation, now));
    }

    /// The newest spec that all of it is about.
    private static long answered(List<Finding> findings, long generation) {
        return findings.stream()
                .mapToLong(finding -> finding.generation(generation))
                .min()
                .orElse(generation);
    }

    /// Before its first look an operator has nothing to say: what the last one said still holds of the spec that
    /// it was said of, so that a restart is no news of any pool.
    private static Finding orAsBefore(Finding finding, @Nullable PoolView view, List<Condition> known) {
        return view != null || finding.truth() != Finding.Truth.UNKNOWN
                ? finding
                : known.stream()
                        .filter(condition -> finding.type().equals(condition.getType()))
                        .flatMap(condition -> Finding.of(condition).stream())
                        .findFirst()
                        .orElse(finding);
    }

    /// The status of a pool that could not be looked over: all that was known stays, but it is not ready.
    ///
    /// @param message what went wrong
    public static TaskWorkerPoolStatus failed(TaskWorkerPool pool, String message, Instant now) {
        var before = Objects.requireNonNullElseGet(
                pool.getStatus(),
                () -> new TaskWorkerPoolStatus(
                        null, 0, 0, Labels.selectorText(pool), null, List.of(), null, List.of()));
        var generation = Objects.requireNonNullElse(pool.getMetadata().getGeneration(), 0L);
        var ready = Transitions.merge(before.conditions(), List.of(Ready.failed(message)), generation, now);
        var others = before.conditions().stream().filter(condition -> !Conditions.READY.equals(condition.getType()));
        return new TaskWorkerPoolStatus(
                before.observedGeneration(),
                before.replicas(),
                before.readyReplicas(),
                before.selector(),
                before.backlog(),
                before.queues(),
                before.scaling(),
                Stream.concat(ready.stream(), others).toList());
    }

    /// Whether a status says nothing new. The sentence behind a decision carries rates that never stand still: it alone
    /// is no reason to write.
    public static boolean isSame(@Nullable TaskWorkerPoolStatus before, TaskWorkerPoolStatus after) {
        return before != null && withoutSentence(before).equals(withoutSentence(after));
    }

    /// Whether somebody should know at once: of another size, another condition, another spec that is answered.
    /// Everything else is figures, which metrics show while they move; also why a size that stays is the right one.
    public static boolean isNews(@Nullable TaskWorkerPoolStatus before, TaskWorkerPoolStatus after) {
        return before == null || !headlines(before).equals(headlines(after));
    }

    /// Whether somebody waits for it: of another size, or of another spec that is answered.
    public static boolean isAwaited(@Nullable TaskWorkerPoolStatus before, TaskWorkerPoolStatus after) {
        return before == null || !answer(before).equals(answer(after));
    }

    private static List<Object> answer(TaskWorkerPoolStatus status) {
        return List.of(
                Optional.ofNullable(status.observedGeneration()),
                status.replicas(),
                Optional.ofNullable(status.scaling()).map(ScalingStatus::desiredReplicas));
    }

    private static List<Object> headlines(TaskWorkerPoolStatus status) {
        var scaling = Optional.ofNullable(status.scaling());
        return Stream.concat(
                        Stream.of(
                                Optional.ofNullable(status.observedGeneration()),
                                status.replicas(),
                                scaling.map(ScalingStatus::desiredReplicas),
                                scaling.map(ScalingStatus::guards).map(Guarded::headline)),
                        status.conditions().stream()
                                .map(condition ->
                                        List.of(condition.getType(), condition.getStatus(), condition.getReason())))
                .toList();
    }

    private static TaskWorkerPoolStatus withoutSentence(TaskWorkerPoolStatus status) {
        var scaling = status.scaling();
        return new TaskWorkerPoolStatus(
                status.observedGeneration(),
                status.replicas(),
                status.readyReplicas(),
                status.selector(),
                status.backlog(),
                status.queues(),
                scaling == null
                        ? null
                        : new ScalingStatus(
                                scaling.desiredReplicas(),
                                scaling.deployedReplicas(),
                                scaling.reason(),
                                "",
                                scaling.lastScaleTime(),
                                null,
                                scaling.nextWindow(),
                                null,
                                Guarded.headline(scaling.guards()),
                                scaling.history()),
                status.conditions());
    }

    private static QueueStatus queue(PoolView view, String name) {
        var seen = view.queue(name);
        return new QueueStatus(name, seen.ready(), seen.unacked(), seen.consumers());
    }

    private static @Nullable ScalingStatus scaling(Observation seen, @Nullable TaskWorkerPoolStatus last) {
        var view = seen.view();
        var before = last == null ? null : last.scaling();
        if (view == null) {
            // before the first look of a new operator what the last one said still holds
            return before;
        }
        var decision = view.decision();
        return new ScalingStatus(
                LastSize.of(seen, decision, before),
                LastSize.deployed(seen, last),
                decision.reason().name(),
                Beginning.of(decision.message(), LONGEST_SENTENCE),
                lastScaled(view, before),
                seconds(decision.notBefore()),
                seconds(view.nextWindow()),
                terms(seen.pool(), view, before),
                guards(view, before),
                Changes.of(before == null ? List.of() : before.history(), view.changes()));
    }

    /// What was known before an outage, or while one queue was unknown, is known after it, by whoever decides then.
    private static @Nullable ScalingTerms terms(TaskWorkerPool pool, PoolView view, @Nullable ScalingStatus before) {
        var known = before == null ? null : before.terms();
        if (before != null && isBlind(view)) {
            return known;
        }
        var now = Explanation.of(view.decision());
        if (now == null || known == null) {
            return now;
        }
        var unknown = pool.getSpec().queues().stream()
                .map(QueueSpec::name)
                .filter(name -> view.queue(name).ready() == null)
                .collect(Collectors.toSet());
        return Explanation.keeping(now, known, unknown);
    }

    private static @Nullable ScalingGuards guards(PoolView view, @Nullable ScalingStatus before) {
        return before != null && isBlind(view)
                ? before.guards()
                : Guarded.of(view.decision().next().guards());
    }

    private static boolean isBlind(PoolView view) {
        return view.decision().basis() == Basis.NOTHING && view.decision().reason() != Reason.Off;
    }

    private static @Nullable String seconds(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable String lastScaled(PoolView view, @Nullable ScalingStatus before) {
        return view.changes().isEmpty()
                ? (before == null ? null : before.lastScaleTime())
                : seconds(view.changes().getLast().at());
    }
}
