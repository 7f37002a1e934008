package dev.jtask.operator.victim;

import dev.jtask.operator.report.WorkerReports;
import dev.jtask.operator.workload.PodReadiness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
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
        // pods that are not ready run nothing and go before all others anyway
        var ready = pods.stream().filter(PodReadiness::isReady).toList();
        var busy = busy(ready);
        // where all will go there is nothing to choose
        if (leaving < pods.size()) {
            DeletionCosts.changes(ready, busy, slots, leaving)
                    .forEach((pod, cost) -> annotator.annotate(pod, DeletionCosts.ANNOTATION, cost));
        }
        long idle = busy.values().stream().filter(tasks -> tasks == 0).count();
        return pods.size() - ready.size() + (int) idle;
    }

    private Map<String, Integer> busy(List<Pod> pods) {
        var busy = new ConcurrentHashMap<String, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pods.forEach(pod -> threads.execute(() -> reports.of(pod)
                    .ifPresent(report -> busy.put(pod.getMetadata().getName(), report.busySlots()))));
        }
        return busy;
    }
}
