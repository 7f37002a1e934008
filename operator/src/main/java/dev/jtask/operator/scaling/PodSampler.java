package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.PodSample;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.operator.report.WorkerReports;
import dev.jtask.operator.workload.PodReadiness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Pods as the autoscaler looks at them; those whose worker is up are asked, all at once.
final class PodSampler {

    private final WorkerReports reports;

    PodSampler(WorkerReports reports) {
        this.reports = reports;
    }

    /// @param queues of the pool
    List<PodSample> sample(List<Pod> pods, Set<String> queues) {
        var said = ask(pods.stream().filter(PodReadiness::isStarted).toList(), queues);
        return pods.stream()
                .map(pod -> new PodSample(id(pod), startupSeconds(pod), PodReadiness.isStarted(pod), said.get(id(pod))))
                .toList();
    }

    private Map<String, WorkerReport> ask(List<Pod> started, Set<String> queues) {
        var said = new ConcurrentHashMap<String, WorkerReport>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            started.forEach(pod ->
                    threads.execute(() -> reports.of(pod, queues).ifPresent(report -> said.put(id(pod), report))));
        }
        return said;
    }

    private static @Nullable Double startupSeconds(Pod pod) {
        return PodReadiness.startUp(pod).map(time -> time.toMillis() / 1000.0).orElse(null);
    }

    private static String id(Pod pod) {
        var uid = pod.getMetadata().getUid();
        return uid == null ? pod.getMetadata().getName() : uid;
    }
}
