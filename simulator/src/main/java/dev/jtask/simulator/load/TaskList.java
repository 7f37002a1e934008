package dev.jtask.simulator.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects the tasks of a load in any order.
final class TaskList {

    private record Entry(double at, double seconds, int queue, Kind kind) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(double at, double seconds) {
        add(at, seconds, 0, Kind.PLAIN);
    }

    void add(double at, double seconds, int queue, Kind kind) {
        entries.add(new Entry(at, Math.max(0.0005, seconds), queue, kind));
    }

    Tasks sorted() {
        entries.sort(Comparator.comparingDouble(Entry::at));
        var at = new double[entries.size()];
        var seconds = new float[at.length];
        var queues = new byte[at.length];
        var kinds = new Kind[at.length];
        for (int i = 0; i < at.length; i++) {
            var entry = entries.get(i);
            at[i] = entry.at();
            seconds[i] = (float) entry.seconds();
            queues[i] = (byte) entry.queue();
            kinds[i] = entry.kind();
        }
        return new Tasks(at, seconds, queues, kinds);
    }
}
