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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks at a pool from outside: its status in Kubernetes, and its workers' metrics.
final class Observer {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
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
        var queues = status.map(found -> found.queues()).orElse(null);
        var pods = node.pods();
        return new Snapshot(
                number(status.map(TaskWorkerPoolStatus::backlog).orElse(null)),
                sum(queues, QueueStatus::ready),
                sum(queues, QueueStatus::unacked),
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
                status.map(TaskWorkerPoolStatus::scaling)
                        .map(scaling -> scaling.message())
                        .orElse(""));
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

    /// @return empty where a queue's number, or the status itself, is not known
    private static OptionalLong sum(@Nullable List<QueueStatus> queues, Function<QueueStatus, @Nullable Long> number) {
        if (queues == null) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (var queue : queues) {
            var value = number.apply(queue);
            if (value == null) {
                return OptionalLong.empty();
            }
            sum += value;
        }
        return OptionalLong.of(sum);
    }

    private static OptionalLong number(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
