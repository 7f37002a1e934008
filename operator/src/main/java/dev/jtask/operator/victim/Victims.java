package dev.jtask.operator.victim;

import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.workload.ApiWords;
import dev.jtask.operator.workload.PodReadiness;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Before pods are taken away, makes idle ones the first to go.
public final class Victims {

    private final RollCall calls;
    private final PodAnnotator annotator;
    private final Marks marks = new Marks();

    public Victims(RollCall calls, PodAnnotator annotator) {
        this.calls = calls;
        this.annotator = annotator;
    }

    /// @param slots tasks that a pod can run
    /// @param staying of how many pods run nothing, how many pods will be left
    public Marking mark(List<Pod> pods, int slots, IntUnaryOperator staying) {
        var unready = pods.stream().filter(pod -> !PodReadiness.isReady(pod)).toList();
        var busy = busy(pods);
        int idleUnready = idle(unready, busy);
        // Kubernetes takes pods that are not ready before all others, whatever these cost
        boolean holds = idleUnready < unready.size();
        int idle = holds ? idleUnready : idle(pods, busy);
        int left = staying.applyAsInt(idle);
        // where all will go, or none, there is nothing to choose
        if (left <= 0 || left >= pods.size()) {
            return new Marking(idle, null);
        }
        var chosen = holds ? pods : pods.stream().filter(PodReadiness::isReady).toList();
        return new Marking(idle, write(DeletionCosts.changes(chosen, busy, slots, pods.size() - left, marks)));
    }

    /// @return what hinders it, null for nothing
    private @Nullable String write(Map<Pod, String> costs) {
        try {
            costs.forEach((pod, cost) -> {
                marks.writes(pod, cost);
                annotator.annotate(pod, DeletionCosts.ANNOTATION, cost);
            });
            return null;
        } catch (KubernetesClientException e) {
            return "idle pods cannot be marked to go first (HTTP %d: %s); give the operator's Role the verb patch on pods, or satisfy the policy that is named"
                    .formatted(e.getCode(), ApiWords.of(e));
        }
    }

    private static int idle(List<Pod> pods, Map<String, Integer> busy) {
        return (int) pods.stream()
                .filter(pod -> Objects.equals(busy.get(pod.getMetadata().getName()), 0))
                .count();
    }

    /// Tasks by pod, without those that do not say. A pod whose worker is not up runs none.
    private Map<String, Integer> busy(List<Pod> all) {
        var busy = new HashMap<String, Integer>();
        all.stream()
                .filter(pod -> !PodReadiness.isStarted(pod))
                .forEach(pod -> busy.put(pod.getMetadata().getName(), 0));
        calls.of(all.stream().filter(PodReadiness::isStarted).toList(), Set.of())
                .forEach((pod, report) -> busy.put(pod, report.busySlots()));
        return busy;
    }
}
