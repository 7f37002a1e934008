package dev.jtask.simulator.world;

import java.util.ArrayList;
import java.util.List;

/// The management plugin's figures: a queue tells its depth every 5 s, the collector looks every 5 s, so that a depth
/// is up to 10 s old and a counter up to 5 s.
final class Statistics {

    private static final double INTERVAL = 5;

    private final List<Backlog> queues;
    private List<Backlog.Depth> emitted;
    private List<Backlog.Counters> counted;
    private List<QueueFigures> collected;

    /// @param phase between 0 and 1: how the two cycles lie
    Statistics(Events events, List<Backlog> queues, double phase) {
        this.queues = queues;
        this.emitted = depths();
        this.counted = counters();
        this.collected = List.of();
        collect();
        events.every(INTERVAL * phase, INTERVAL, () -> emitted = depths());
        events.every(INTERVAL * ((phase + 0.4) % 1), INTERVAL, this::collect);
    }

    List<QueueFigures> figures() {
        return collected;
    }

    private void collect() {
        var fresh = counters();
        var figures = new ArrayList<QueueFigures>();
        for (int i = 0; i < fresh.size(); i++) {
            var before = counted.get(i);
            var now = fresh.get(i);
            figures.add(new QueueFigures(
                    emitted.get(i).ready(),
                    emitted.get(i).unacked(),
                    now.published(),
                    now.acked(),
                    Math.max(0, now.published() - before.published()) / INTERVAL,
                    Math.max(0, now.delivered() - before.delivered()) / INTERVAL));
        }
        counted = fresh;
        collected = List.copyOf(figures);
    }

    private List<Backlog.Depth> depths() {
        return queues.stream().map(Backlog::depth).toList();
    }

    private List<Backlog.Counters> counters() {
        return queues.stream().map(Backlog::counters).toList();
    }
}
