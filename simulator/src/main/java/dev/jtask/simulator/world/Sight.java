package dev.jtask.simulator.world;

import java.util.List;
import java.util.Optional;

/// What a scaler can see of the world.
public interface Sight {

    double now();

    /// The management's figures by queue; empty while it does not answer.
    Optional<List<QueueFigures>> statistics();

    /// Ready messages by queue at this moment, as a passive declare gives them; empty while the broker is away.
    Optional<List<Long>> readyNow();

    /// The pods that are not on their way out, those that start included.
    List<PodFacts> pods();
}
