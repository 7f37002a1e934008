package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.PodSample;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.workload.PodReadiness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Pods as the autoscaler looks at them; those whose worker is up are asked.
final class PodSampler {

    private final RollCall calls;

    PodSampler(RollCall calls) {
        this.calls = calls;
    }

    /// @param queues of the pool
    List<PodSample> sample(List<Pod> pods, Set<String> queues) {
        var said = calls.of(pods.stream().filter(PodReadiness::isStarted).toList(), queues);
        return pods.stream()
                .map(pod -> new PodSample(
                        id(pod),
                        startupSeconds(pod),
                        PodReadiness.isStarted(pod),
                        said.get(pod.getMetadata().getName())))
                .toList();
    }

    private static @Nullable Double startupSeconds(Pod pod) {
        return PodReadiness.startUp(pod).map(time -> time.toMillis() / 1000.0).orElse(null);
    }

    private static String id(Pod pod) {
        var uid = pod.getMetadata().getUid();
        return uid == null ? pod.getMetadata().getName() : uid;
    }
}
