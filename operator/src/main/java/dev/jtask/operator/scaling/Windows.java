package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Range;
import dev.jtask.crds.v1alpha1.ScalingSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The windows of a pool, read once for a spec; one that cannot be read is left out and told of.
public final class Windows {

    private final Range always;
    private final List<Window> windows;
    private final List<String> faults;

    private Windows(Range always, List<Window> windows, List<String> faults) {
        this.always = always;
        this.windows = windows;
        this.faults = faults;
    }

    public static Windows of(ScalingSpec scaling) {
        var windows = new ArrayList<Window>();
        var faults = new ArrayList<String>();
        for (int i = 0; i < scaling.windows().size(); i++) {
            try {
                windows.add(Window.read(scaling.windows().get(i), scaling.maxReplicas()));
            } catch (IllegalArgumentException e) {
                faults.add("scaling.windows[%d]: %s".formatted(i, e.getMessage()));
            }
        }
        return new Windows(Range.of(scaling.minReplicas(), scaling.maxReplicas()), windows, faults);
    }

    /// What is wrong with those that cannot be read.
    public List<String> faults() {
        return faults;
    }

    /// The highest floor and the lowest ceiling of those that are open.
    Range at(Instant now) {
        var range = always;
        for (var window : windows) {
            range = window.isOpen(now) ? window.in(range) : range;
        }
        return range.until(windows.stream()
                .map(window -> window.change(now))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(null));
    }
}
