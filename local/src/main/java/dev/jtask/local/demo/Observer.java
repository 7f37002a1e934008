package dev.jtask.local.demo;

import dev.jtask.crds.v1alpha1.QueueStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.local.kubernetes.node.LocalNode;
import dev.jtask.local.kubernetes.node.LocalNode.RunningPod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks at a pool from outside: its status in Kubernetes, and its workers' metrics.
final class Observer {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final KubernetesClient client;
    private final LocalNode node;
    private final String pool;

    Observer(KubernetesClient client, LocalNode node, String pool) {
        this.client = client;
        this.node = node;
        this.pool = pool;
    }

    /// @param done tasks whose result has come back
    Snapshot look(int done) {
        var status = status();
        var pods = node.pods();
        return new Snapshot(
                number(status.map(TaskWorkerPoolStatus::backlog)),
                sum(status, QueueStatus::ready),
                sum(status, QueueStatus::unacked),
                status.map(TaskWorkerPoolStatus::scaling)
                        .map(scaling -> scaling.desiredReplicas())
                        .orElse(0),
                (int) pods.stream().filter(RunningPod::ready).count(),
                pods.size(),
                pods.stream()
                        .filter(RunningPod::ready)
                        .mapToInt(this::busySlots)
                        .sum(),
                done,
                status.map(TaskWorkerPoolStatus::scaling).map(scaling -> scaling.message()));
    }

    /// The status of a condition of the pool, with its message.
    ///
    /// @return such as `True: pods take tasks`, empty when the operator has not said yet
    Optional<String> condition(String type) {
        return status().stream()
                .flatMap(found -> found.conditions().stream())
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getStatus() + ": " + condition.getMessage())
                .findFirst();
    }

    private Optional<TaskWorkerPoolStatus> status() {
        return Optional.ofNullable(client.resources(TaskWorkerPool.class)
                        .inNamespace("default")
                        .withName(pool)
                        .get())
                .map(TaskWorkerPool::getStatus);
    }

    private int busySlots(RunningPod pod) {
        var request = HttpRequest.newBuilder(URI.create("http://%s:9000/metrics".formatted(pod.address())))
                .timeout(PATIENCE)
                .build();
        try {
            return WorkerMetrics.busySlots(
                    http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static OptionalLong sum(
            Optional<TaskWorkerPoolStatus> status, Function<QueueStatus, @Nullable Long> number) {
        return status.filter(found -> found.queues().stream().allMatch(queue -> number.apply(queue) != null))
                .map(found -> OptionalLong.of(found.queues().stream()
                        .map(number)
                        .mapToLong(value -> value == null ? 0 : value)
                        .sum()))
                .orElseGet(OptionalLong::empty);
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
