package dev.jtask.simulator.scaler;

import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.world.Scaler;

/// Always the same number of pods.
public record FixedSize(int replicas) implements Scaler.Maker {

    @Override
    public String name() {
        return replicas + " pods, always";
    }

    @Override
    public Scaler make(Load load) {
        return sight -> new Scaler.Wish(replicas, false, false, 60);
    }
}
