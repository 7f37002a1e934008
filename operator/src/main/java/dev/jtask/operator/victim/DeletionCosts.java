package dev.jtask.operator.victim;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Which pods Kubernetes shall take away first, as `controller.kubernetes.io/pod-deletion-cost`: lower goes first.
///
/// With enough idle pods only those are marked; else pods cost as many as the tasks they run. A pod that does not say
/// how busy it is counts as full: taking it may interrupt something.
final class DeletionCosts {

    static final String ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";
    private static final String IDLE = "-1";
    private static final String DEFAULT = "0";

    private DeletionCosts() {}

    /// @param busy tasks that each pod runs, by name; none where unknown
    /// @param slots tasks that a pod can run
    /// @param leaving how many pods will go
    /// @param marks that were written
    /// @return the annotation's new value for those pods where it changes
    static Map<Pod, String> changes(List<Pod> pods, Map<String, Integer> busy, int slots, int leaving, Marks marks) {
        var tasks = pods.stream()
                .collect(Collectors.toMap(
                        pod -> pod.getMetadata().getName(),
                        pod -> busy.getOrDefault(pod.getMetadata().getName(), slots)));
        var idle = tasks.values().stream().filter(count -> count == 0).count();
        var changes = new HashMap<Pod, String>();
        for (var pod : pods) {
            var count = Objects.requireNonNullElse(tasks.get(pod.getMetadata().getName()), slots);
            var cost = count == 0 ? IDLE : idle >= leaving ? DEFAULT : count.toString();
            if (!marks.has(pod, cost, shown(pod))) {
                changes.put(pod, cost);
            }
        }
        return changes;
    }

    private static String shown(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? DEFAULT : annotations.getOrDefault(ANNOTATION, DEFAULT);
    }
}
