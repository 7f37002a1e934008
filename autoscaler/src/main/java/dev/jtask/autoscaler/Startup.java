package dev.jtask.autoscaler;

import dev.jtask.autoscaler.PoolState.Pod;
import dev.jtask.autoscaler.PoolState.Totals;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How long pods take to their first readiness. A pod that is ready again, after the broker was away, has not started.
final class Startup {

    /// Taken until a pod has been watched.
    static final double ASSUMED_SECONDS = 5;

    private Startup() {}

    /// The pods as they are to be remembered: each with its shortest time, for any later readiness only seems longer.
    static Map<String, Pod> remember(PoolState before, List<PodSample> pods, Instant now) {
        var remembered = new HashMap<String, Pod>();
        for (var pod : pods) {
            var old = before.pods().get(pod.id());
            remembered.put(
                    pod.id(),
                    old == null
                            ? met(pod, before.lastLook(), now)
                            : new Pod(
                                    shorter(old.startupSeconds(), pod.startupSeconds()),
                                    old.watched(),
                                    told(pod, old.told()),
                                    toldAt(pod, old.toldAt(), now)));
        }
        return remembered;
    }

    private static Pod met(PodSample pod, @Nullable Instant lastLook, Instant now) {
        boolean watched = lastLook != null || !pod.started();
        return new Pod(
                pod.startupSeconds(), watched, told(pod, watched ? Totals.NONE : null), toldAt(pod, lastLook, now));
    }

    /// What has not started has done nothing since.
    private static @Nullable Instant toldAt(PodSample pod, @Nullable Instant before, Instant now) {
        return pod.report() == null && pod.started() ? before : now;
    }

    private static @Nullable Totals told(PodSample pod, @Nullable Totals before) {
        var report = pod.report();
        return report == null ? before : Totals.of(report);
    }

    /// The median of the pods that were seen to start. Pods that were ready when the watching began may be ready for
    /// the second time; the quickest of them counts as long as there is nothing better.
    static @Nullable Double median(Collection<Pod> pods, @Nullable Double known) {
        var watched = times(pods, Pod::watched);
        if (!watched.isEmpty()) {
            return watched.get(watched.size() / 2);
        }
        var all = times(pods, any -> true);
        return known != null || all.isEmpty() ? known : all.getFirst();
    }

    private static List<Double> times(Collection<Pod> pods, Predicate<Pod> which) {
        return pods.stream()
                .filter(which)
                .map(Pod::startupSeconds)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    private static @Nullable Double shorter(@Nullable Double before, @Nullable Double now) {
        return before == null ? now : now == null ? before : Double.valueOf(Math.min(before, now));
    }
}
