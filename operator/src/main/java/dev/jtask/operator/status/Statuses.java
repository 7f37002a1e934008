package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.QueueStatus;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.workload.Labels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes a status from what was seen and the status before.
public final class Statuses {

    private Statuses() {}

    public static TaskWorkerPoolStatus compute(Observation seen, Instant now) {
        var pool = seen.pool();
        var generation = Objects.requireNonNullElse(pool.getMetadata().getGeneration(), 0L);
        var before = Optional.ofNullable(pool.getStatus());
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
                seen.view().map(view -> boxed(view.backlog(names))).orElse(null),
                seen.view()
                        .map(view ->
                                names.stream().map(name -> queue(view, name)).toList())
                        .orElse(List.of()),
                scaling(seen, before.map(TaskWorkerPoolStatus::scaling)),
                Transitions.merge(
                        before.map(TaskWorkerPoolStatus::conditions).orElse(List.of()), findings, generation, now));
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
        var reading = view.queue(name);
        return new QueueStatus(name, boxed(reading.ready()), boxed(reading.unacked()), boxed(reading.consumers()));
    }

    private static @Nullable ScalingStatus scaling(Observation seen, Optional<ScalingStatus> before) {
        return seen.view()
                .map(view -> new ScalingStatus(
                        view.verdict().desiredReplicas(),
                        view.verdict().reason(),
                        view.verdict().message(),
                        view.lastScaled()
                                .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                                .or(() -> before.map(ScalingStatus::lastScaleTime))
                                .orElse(null)))
                // Before the first look of a new operator what the last one said still holds.
                .or(() -> before)
                .orElse(null);
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
