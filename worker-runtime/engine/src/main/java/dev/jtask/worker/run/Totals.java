package dev.jtask.worker.run;

import dev.jtask.protocol.message.TaskMessage;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How many tasks of each name this worker has started.
public final class Totals implements TaskListener {

    private final Map<String, LongAdder> started = new ConcurrentHashMap<>();

    @Override
    public void started(TaskMessage task) {
        started.computeIfAbsent(task.task(), name -> new LongAdder()).increment();
    }

    public long all() {
        return started.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public Map<String, Long> byTask() {
        var totals = new TreeMap<String, Long>();
        started.forEach((name, count) -> totals.put(name, count.sum()));
        return totals;
    }
}
