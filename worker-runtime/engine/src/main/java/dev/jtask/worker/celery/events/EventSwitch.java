package dev.jtask.worker.celery.events;

/// What others may ask of a worker's events.
public interface EventSwitch {

    /// Whether events of tasks are sent.
    boolean isTasksWanted();

    void wantTasks(boolean wanted);

    /// Sends a heartbeat as soon as possible; does not wait for it.
    void heartbeat();
}
