package dev.jtask.simulator.scaler;

import dev.jtask.autoscaler.Objective;
import dev.jtask.autoscaler.ScalingPolicy;
import dev.jtask.autoscaler.WhenBlind;
import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.world.Scaler;
import java.time.Duration;

/// The production autoscaler with a policy as a pool's spec would give it.
///
/// @param utilization share of the slots to use
/// @param window of scaling down
/// @param drainTime the objective
public record Jtask(double utilization, Duration window, Duration drainTime) implements Scaler.Maker {

    /// The defaults of the resource.
    public static final Jtask DEFAULTS = new Jtask(0.9, Duration.ofSeconds(30), Duration.ofSeconds(60));

    @Override
    public String name() {
        return equals(DEFAULTS)
                ? "jtask"
                : "jtask %.0f %%, window %d s, drain in %d s"
                        .formatted(utilization * 100, window.toSeconds(), drainTime.toSeconds());
    }

    @Override
    public Scaler make(Load load) {
        var shape = load.shape();
        return new JtaskScaler(new ScalingPolicy(
                0,
                shape.maxReplicas(),
                new Objective.DrainTime(drainTime),
                shape.slots(),
                utilization,
                Duration.ZERO,
                window,
                100,
                new WhenBlind.Hold(),
                Duration.ofMillis(Math.round(shape.drain() * 1000)),
                Duration.ofSeconds(5)));
    }
}
