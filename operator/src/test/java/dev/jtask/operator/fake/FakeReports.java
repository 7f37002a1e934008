package dev.jtask.operator.fake;

import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.operator.report.WorkerReports;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Pods that say how many tasks they run; those that are not told of do not say.
public final class FakeReports implements WorkerReports {

    private final Map<String, WorkerReport> reports = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Runnable whenAsked = () -> {};

    public FakeReports runs(String pod, int count) {
        reports.put(pod, new WorkerReport(count, 0, Map.of()));
        return this;
    }

    public FakeReports says(String pod, WorkerReport report) {
        reports.put(pod, report);
        return this;
    }

    /// What happens while a pod is asked.
    public void whenAsked(Runnable happens) {
        whenAsked = happens;
    }

    /// The pods that were asked, in no order.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Optional<WorkerReport> of(Pod pod, Set<String> queues) {
        var name = pod.getMetadata().getName();
        asked.add(name);
        whenAsked.run();
        return Optional.ofNullable(reports.get(name));
    }
}
