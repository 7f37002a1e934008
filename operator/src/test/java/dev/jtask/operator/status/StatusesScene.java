package dev.jtask.operator.status;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Terms;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.scaling.Change;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A pool and what is seen of it.
abstract class StatusesScene {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final SecretReading USABLE = FakeSecrets.USABLE;

    final TaskWorkerPool pool = Pools.pool("queues: [{name: orders}, {name: mails}]");

    Condition limited(Reason reason, Basis basis) {
        return condition(
                compute(USABLE, deployment(3, 3, 3), List.of(), decided(reason, basis, "because")),
                Conditions.SCALING_LIMITED);
    }

    Condition ready(@Nullable PoolView view) {
        return condition(compute(USABLE, deployment(0, 0, 0), List.of(), view), Conditions.READY);
    }

    static PoolView decided(Reason reason, Basis basis, String message) {
        return new PoolView(
                seen("orders", "mails"),
                Set.of(),
                Map.of(),
                new Decision(0, 0, reason, basis, message, Terms.NONE, false, null, PoolState.EMPTY),
                List.of(),
                null,
                null);
    }

    TaskWorkerPoolStatus compute(
            SecretReading secret, @Nullable Deployment deployment, List<Pod> pods, @Nullable PoolView view) {
        return Statuses.compute(new Observation(pool, secret, deployment, pods, new Rollout.Done(), view), NOW);
    }

    static PoolView view(Probe probe, Reason reason) {
        var missing = probe instanceof Probe.Seen seen && !seen.queues().containsKey("mails")
                ? Set.of("mails")
                : Set.<String>of();
        return new PoolView(
                probe,
                missing,
                Map.of(),
                new Decision(3, 3, reason, basis(probe), "because", Terms.NONE, false, null, PoolState.EMPTY),
                List.of(new Change(NOW, 2, 3, Reason.DrainTime, "because")),
                NOW.plusSeconds(3_600),
                null);
    }

    static Basis basis(Probe probe) {
        return switch (probe) {
            case Probe.Seen seen -> Basis.FIGURES;
            case Probe.Counted counted -> Basis.COUNT;
            case Probe.Blind blind -> Basis.NOTHING;
        };
    }

    static Probe seen(String... queues) {
        var readings = new HashMap<String, QueueSample>();
        for (var queue : queues) {
            readings.put(queue, new QueueSample(queue, 5L, 2L, 1L, null, null));
        }
        return Probes.seen(readings, NOW, "orders", "mails");
    }

    static Deployment deployment(int wanted, int replicas, int ready) {
        return Pools.YAML.unmarshal(
                "kind: Deployment\nspec: {replicas: %d}\nstatus: {replicas: %d, readyReplicas: %d}"
                        .formatted(wanted, replicas, ready),
                Deployment.class);
    }

    static Condition condition(TaskWorkerPoolStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    static Map<String, String> reasons(TaskWorkerPoolStatus status) {
        return status.conditions().stream().collect(Collectors.toMap(Condition::getType, Condition::getReason));
    }
}
