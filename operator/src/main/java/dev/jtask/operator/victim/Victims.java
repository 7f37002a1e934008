package dev.jtask.operator.victim;

import dev.jtask.operator.workload.PodReadiness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Before pods are taken away, makes idle ones the first to go.
public final class Victims {

    private static final int ASKED_AT_ONCE = 64;

    private final BusySlots busySlots;
    private final PodAnnotator annotator;
    /// Of all pools: what is asked of pods must not be what fills the operator.
    private final Semaphore asking = new Semaphore(ASKED_AT_ONCE, true);

    public Victims(BusySlots busySlots, PodAnnotator annotator) {
        this.busySlots = busySlots;
        this.annotator = annotator;
    }

    /// @param slots tasks that a pod can run
    /// @param leaving how many pods will go
    public void mark(List<Pod> pods, int slots, int leaving) {
        // all will go: there is nothing to choose; pods that are not ready go before all others anyway
        var ready = pods.stream().filter(PodReadiness::isReady).toList();
        if (leaving < pods.size()) {
            DeletionCosts.changes(ready, busy(ready), slots, leaving)
                    .forEach((pod, cost) -> annotator.annotate(pod, DeletionCosts.ANNOTATION, cost));
        }
    }

    private Map<String, Integer> busy(List<Pod> pods) {
        var busy = new ConcurrentHashMap<String, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pods.forEach(pod -> threads.execute(() -> ask(pod, busy)));
        }
        return busy;
    }

    private void ask(Pod pod, Map<String, Integer> busy) {
        asking.acquireUninterruptibly();
        try {
            busySlots.of(pod).ifPresent(tasks -> busy.put(pod.getMetadata().getName(), tasks));
        } finally {
            asking.release();
        }
    }
}
