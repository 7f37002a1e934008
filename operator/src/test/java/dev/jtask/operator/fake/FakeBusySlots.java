package dev.jtask.operator.fake;

import dev.jtask.operator.victim.BusySlots;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Pods that say how many tasks they run; those that are not told of do not say.
public final class FakeBusySlots implements BusySlots {

    private final Map<String, Integer> tasks = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public FakeBusySlots runs(String pod, int count) {
        tasks.put(pod, count);
        return this;
    }

    /// The pods that were asked, in no order.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public OptionalInt of(Pod pod) {
        var name = pod.getMetadata().getName();
        asked.add(name);
        var count = tasks.get(name);
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }
}
