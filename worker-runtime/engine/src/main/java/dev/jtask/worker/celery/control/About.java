package dev.jtask.worker.celery.control;

import dev.jtask.worker.celery.events.LamportClock;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Totals;
import java.time.Clock;
import java.time.Instant;

/// What a worker says when it is asked about itself.
///
/// @param since when the worker started
public record About(
        WorkerOptions options, TaskRegistry registry, Totals totals, LamportClock lamport, Clock clock, Instant since) {

    String node() {
        return options.nodeName();
    }
}
