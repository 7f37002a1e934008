package dev.jtask.simulator.world;

import dev.jtask.simulator.load.Load;

/// Who decides the number of pods.
public interface Scaler {

    /// What to do now.
    ///
    /// @param replicas pods that shall be there
    /// @param choosesIdle whether pods that run nothing are made the first to go
    /// @param onlyIdle whether nothing but such pods may go
    /// @param after seconds to the next look
    record Wish(int replicas, boolean choosesIdle, boolean onlyIdle, double after) {}

    Wish look(Sight sight);

    /// The process starts again with what is kept outside of it.
    default void restart() {}

    /// Makes scalers, a fresh one for each load.
    interface Maker {
        String name();

        Scaler make(Load load);
    }
}
