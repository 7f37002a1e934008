package dev.jtask.test;

import java.time.Instant;

/// A task that was sent and has not ended: it waits for its time, or for a worker.
///
/// @param due when it may run, or has expired if that comes first; not after now when only a worker is missing
public record WaitingTask(String id, String task, String queue, Instant due) {}
