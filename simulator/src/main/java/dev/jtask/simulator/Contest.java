package dev.jtask.simulator;

import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.scaler.FixedSize;
import dev.jtask.simulator.scaler.Jtask;
import dev.jtask.simulator.scaler.KedaGrid;
import dev.jtask.simulator.scaler.Oracle;
import dev.jtask.simulator.world.Run;
import dev.jtask.simulator.world.Scaler;
import dev.jtask.simulator.world.Simulation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One load under everybody.
///
/// @param keda the whole grid; the first are the defaults
/// @param fixed the smallest fixed size that is as good as ours at the 99th percentile
record Contest(Load load, Run ours, List<Entry> keda, Entry fixed, Entry oracle) {

    /// Waits that differ by less are equal: no timer of anybody is finer.
    private static final double EQUAL_SECONDS = 0.1;

    record Entry(String name, Run run) {}

    static Contest of(Load load, Jtask jtask, long seed) {
        var ours = run(load, jtask, seed).run();
        var keda = KedaGrid.of(load).stream()
                .map(setting -> run(load, setting, seed))
                .toList();
        return new Contest(load, ours, keda, fixed(load, ours, seed), run(load, new Oracle(), seed));
    }

    private static Entry run(Load load, Scaler.Maker maker, long seed) {
        return new Entry(maker.name(), Simulation.run(load, maker.make(load), seed));
    }

    private static Entry fixed(Load load, Run ours, long seed) {
        int low = 0;
        int high = load.shape().maxReplicas();
        var best = run(load, new FixedSize(high), seed);
        while (high - low > 1) {
            int middle = (low + high) / 2;
            var tried = run(load, new FixedSize(middle), seed);
            if (tried.run().p99() <= ours.p99() + EQUAL_SECONDS) {
                high = middle;
                best = tried;
            } else {
                low = middle;
            }
        }
        return best;
    }

    Entry defaults() {
        return keda.getFirst();
    }

    /// The settings that wait less and cost less at once.
    List<Entry> better() {
        return keda.stream()
                .filter(each -> each.run().p99() < ours.p99() && each.run().podHours() < ours.podHours())
                .toList();
    }

    /// What came of it, for people.
    String sentence() {
        return "%d tasks. jtask: p50 %.1f s, p99 %.1f s, %.2f pod-hours, at most %d pods. %s: p99 %.1f s, %.2f pod-hours. %d of %d settings of KEDA are better in both."
                .formatted(
                        load.tasks().count(),
                        ours.p50(),
                        ours.p99(),
                        ours.podHours(),
                        ours.peak(),
                        defaults().name(),
                        defaults().run().p99(),
                        defaults().run().podHours(),
                        better().size(),
                        keda.size());
    }

    /// The cheapest setting that is as good at the 99th percentile; empty when none is.
    Optional<Entry> cheapestAsGood() {
        return keda.stream()
                .filter(each -> each.run().p99() <= ours.p99() + EQUAL_SECONDS)
                .min(Comparator.comparingDouble(each -> each.run().podHours()));
    }
}
