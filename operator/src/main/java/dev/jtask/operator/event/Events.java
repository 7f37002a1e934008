package dev.jtask.operator.event;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;

/// Publishes what happened to a pool. Never fails: an event that cannot be written is logged.
public interface Events {

    void publish(TaskWorkerPool pool, Announcement news);
}
