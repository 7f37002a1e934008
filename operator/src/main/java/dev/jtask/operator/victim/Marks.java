package dev.jtask.operator.victim;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What pods were marked with and the cache does not show yet: one that lags behind would let a pod that is busy by
/// now keep the mark of an idle one, since it needs none by what the cache has.
final class Marks {

    private static final int REMEMBERED = 10_000;

    /// By namespace and name.
    private final Map<String, String> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// To be told before it is written: what fails may have been done all the same.
    synchronized void writes(Pod pod, String cost) {
        written.put(key(pod), cost);
    }

    /// Whether the pod is known to have this mark.
    ///
    /// @param shown what the cache has
    synchronized boolean has(Pod pod, String cost, String shown) {
        var mine = written.get(key(pod));
        if (Objects.equals(mine, shown)) {
            written.remove(key(pod));
        }
        return shown.equals(cost) && (mine == null || mine.equals(cost));
    }

    private static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }
}
