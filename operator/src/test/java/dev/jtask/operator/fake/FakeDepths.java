package dev.jtask.operator.fake;

import dev.jtask.operator.depth.Depths;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Counts what it was given, until it is away.
public final class FakeDepths implements Depths {

    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private final List<List<String>> counts = new CopyOnWriteArrayList<>();
    private @Nullable Runnable meanwhile;
    private volatile boolean away;
    private volatile boolean closed;

    public FakeDepths waiting(String queue, long messages) {
        waiting.put(queue, messages);
        return this;
    }

    /// From now on leaves this one out.
    public void noTimeFor(String queue) {
        waiting.remove(queue);
    }

    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    /// Done while the next count is on its way, and no count.
    public void meanwhile(Runnable action) {
        meanwhile = action;
    }

    /// The queues that were asked for, count by count.
    public List<List<String>> counts() {
        return List.copyOf(counts);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public Map<String, Long> count(Collection<String> queues) {
        counts.add(List.copyOf(queues));
        var counted = new HashMap<String, Long>();
        if (!away) {
            counted.putAll(waiting);
            counted.keySet().retainAll(queues);
        }
        var action = meanwhile;
        meanwhile = null;
        if (action != null) {
            action.run();
        }
        return counted;
    }

    @Override
    public void close() {
        closed = true;
    }
}
