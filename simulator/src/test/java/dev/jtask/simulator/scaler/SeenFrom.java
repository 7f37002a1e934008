package dev.jtask.simulator.scaler;

import dev.jtask.simulator.world.PodFacts;
import dev.jtask.simulator.world.QueueFigures;
import dev.jtask.simulator.world.Sight;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A pool of so many pods and its one queue, at a moment.
///
/// @param figures of the queue, null while nobody answers
record SeenFrom(double now, int size, @Nullable QueueFigures figures) implements Sight {

    /// @param rate of messages published
    static SeenFrom at(double now, int size, long ready, long unacked, double rate) {
        return new SeenFrom(now, size, new QueueFigures(ready, unacked, 0, 0, rate, 0));
    }

    @Override
    public Optional<List<QueueFigures>> statistics() {
        return Optional.ofNullable(figures).map(List::of);
    }

    @Override
    public Optional<List<Long>> readyNow() {
        return Optional.ofNullable(figures).map(queue -> List.of(queue.ready()));
    }

    @Override
    public List<PodFacts> pods() {
        return IntStream.range(0, size)
                .mapToObj(id -> new PodFacts(id, 0, OptionalDouble.of(0), 0, true, 0, 0, 0, List.of()))
                .toList();
    }
}
