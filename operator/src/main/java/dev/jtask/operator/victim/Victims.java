package dev.jtask.operator.victim;

import dev.jtask.operator.report.WorkerReports;
import dev.jtask.operator.workload.PodReadiness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Before pods are taken away, makes idle ones the first to go.
public final class Victims {

    private final WorkerReports reports;
    private final PodAnnotator annotator;

    public Victims(WorkerReports reports, PodAnnotator annotator) {
        this.reports = reports;
        this.annotator = annotator;
    }

    /// @param slots tasks that a pod can run
    /// @param leaving how many pods will go
    /// @return how many pods can go without anything being cut off
    public int mark(List<Pod> pods, int slots, int leaving) {
        var unready = pods.stream().filter(pod -> !PodReadiness.isReady(pod)).toList();
        var busy = busy(pods);
        int idleUnready = idle(unready, busy);
        // Kubernetes takes pods that are not ready before all others, whatever these cost
        boolean holds = idleUnready < unready.size();
        // where all will go there is nothing to choose
        if (leaving < pods.size()) {
            var chosen =
                    holds ? pods : pods.stream().filter(PodReadiness::isReady).toList();
            DeletionCosts.changes(chosen, busy, slots, leaving)
                    .forEach((pod, cost) -> annotator.annotate(pod, DeletionCosts.ANNOTATION, cost));
        }
        return holds ? idleUnready : idle(pods, busy);
    }

    private static int idle(List<Pod> pods, Map<String, Integer> busy) {
        return (int) pods.stream()
                .filter(pod -> Objects.equals(busy.get(pod.getMetadata().getName()), 0))
                .count();
    }

    /// Tasks by pod, without those that do not say. A pod whose worker is not up runs none.
    private Map<String, Integer> busy(List<Pod> all) {
        var busy = new ConcurrentHashMap<String, Integer>();
        all.stream()
                .filter(pod -> !PodReadiness.isStarted(pod))
                .forEach(pod -> busy.put(pod.getMetadata().getName(), 0));
        var pods = all.stream().filter(PodReadiness::isStarted).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pods.forEach(pod -> threads.execute(() -> reports.of(pod, Set.of())
                    .ifPresent(report -> busy.put(pod.getMetadata().getName(), report.busySlots()))));
        }
        return busy;
    }
}
