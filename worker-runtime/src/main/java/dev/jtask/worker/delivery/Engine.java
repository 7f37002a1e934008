package dev.jtask.worker.delivery;

import dev.jtask.client.Publisher;
import dev.jtask.worker.WorkerMetrics;
import dev.jtask.worker.execution.Attempts;
import dev.jtask.worker.execution.Slots;
import dev.jtask.worker.execution.TaskListener;
import dev.jtask.worker.execution.TaskRunner;
import dev.jtask.worker.results.ResultBackend;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/// The parts of a worker that outlive connections.
///
/// @param backends a result backend for a session's publisher
public record Engine(
        Slots slots,
        Attempts attempts,
        TaskRunner runner,
        TaskListener listener,
        Function<Publisher, ResultBackend> backends,
        WorkerMetrics metrics,
        ScheduledExecutorService timer,
        Clock clock) {}
