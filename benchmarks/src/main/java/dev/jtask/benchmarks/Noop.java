package dev.jtask.benchmarks;

import dev.jtask.task.Task;

/// The task that does nothing, so that what is measured is everything around it.
public final class Noop {

    @Task("bench.noop")
    public void run(int n) {}
}
