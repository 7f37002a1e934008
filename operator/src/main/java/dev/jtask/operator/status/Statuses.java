package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.QueueStatus;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.workload.Labels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a status from what was seen and the status before.
public final class Statuses {

    private Statuses() {}

    public static TaskWorkerPoolStatus compute(Observation seen, Instant now) {
        var pool = seen.pool();
        var generation = Objects.requireNonNullElse(pool.getMetadata().getGeneration(), 0L);
        @Nullable TaskWorkerPoolStatus before = pool.getStatus();
        var view = seen.view();
        var broker = BrokerReachable.of(seen);
        var queues = QueuesReady.of(seen);
        var findings = List.of(
                Ready.of(seen, broker, queues), broker, queues, ScalingActive.of(seen), ScalingLimited.of(seen));
        var names = pool.getSpec().queues().stream().map(QueueSpec::name).toList();
        return new TaskWorkerPoolStatus(
                generation,
                seen.replicas(),
                seen.readyReplicas(),
                Labels.selectorText(pool),
                view == null ? null : view.backlog(names),
                view == null
                        ? List.of()
                        : names.stream().map(name -> queue(view, name)).toList(),
                scaling(view, before == null ? null : before.scaling()),
                Transitions.merge(before == null ? List.of() : before.conditions(), findings, generation, now));
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
                        : new ScalingStatus(scaling.desiredReplicas(), scaling.reason(), "", scaling.lastScaleTime()),
                status.conditions());
    }

    private static QueueStatus queue(PoolView view, String name) {
        var seen = view.queue(name);
        return new QueueStatus(name, seen.ready(), seen.unacked(), seen.consumers());
    }

    private static @Nullable ScalingStatus scaling(@Nullable PoolView view, @Nullable ScalingStatus before) {
        if (view == null) {
            // before the first look of a new operator what the last one said still holds
            return before;
        }
        var decision = view.decision();
        return new ScalingStatus(
                decision.replicas(), decision.reason().name(), decision.message(), lastScaled(view, before));
    }

    private static @Nullable String lastScaled(PoolView view, @Nullable ScalingStatus before) {
        var at = view.lastScaled();
        if (at != null) {
            return at.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        return before == null ? null : before.lastScaleTime();
    }
}
