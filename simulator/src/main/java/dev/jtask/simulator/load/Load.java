package dev.jtask.simulator.load;

import java.util.List;

/// A stretch of time with what arrives in it.
///
/// @param end when the watching ends, in seconds; some quiet follows the last task
/// @param queues how many queues the tasks are in, consumed in their order
public record Load(String name, Tasks tasks, double end, int queues, Shape shape, List<Trouble> troubles) {

    public Load {
        troubles = List.copyOf(troubles);
    }

    /// The mean time that a task keeps a slot busy.
    public double meanSeconds() {
        double sum = 0;
        for (int i = 0; i < tasks.count(); i++) {
            sum += tasks.seconds(i);
        }
        return tasks.count() == 0 ? 1 : sum / tasks.count();
    }
}
