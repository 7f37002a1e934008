package dev.jtask.worker.registry;

import dev.jtask.task.Task;

/// A base class of tasks that the worker's class path has.
public abstract class Library {

    @Task("library.who")
    public String who() {
        return getClass().getSimpleName();
    }
}
