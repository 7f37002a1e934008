package dev.jtask.worker.heart;

import dev.jtask.backend.ResultStore;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.seal.Seal;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.registry.KeptQueues;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Discretion;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Permits;
import dev.jtask.worker.run.Signals;
import dev.jtask.worker.run.TaskListener;
import dev.jtask.worker.run.TimeLimiter;
import dev.jtask.worker.settle.Misses;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a [Heart] is given by whoever connects it with the world.
///
/// @param registry gets the tasks that Celery itself has as well
/// @param keepFailed queues whose failed tasks are kept, whatever these wish
/// @param store null where results are not kept
/// @param transactions which what tasks send waits for
/// @param tracing who tells of runs, and of what is sent
/// @param interceptors run around every task, after jtask's own
/// @param timer nothing that runs on it blocks
/// @param permits of tasks that are limited
/// @param signals that tasks wait for
/// @param random for the jitter of retries and of pauses
/// @param seal how messages and results are protected
/// @param discretion with which is told of tasks
public record Needs(
        TaskRegistry registry,
        Routes routes,
        KeptQueues keepFailed,
        String nodeName,
        Results results,
        @Nullable ResultStore store,
        Outgoing sender,
        AfterCommit transactions,
        TaskListener listener,
        Misses misses,
        TaskTracing tracing,
        List<Interceptor> interceptors,
        ScheduledExecutorService timer,
        TimeLimiter limiter,
        Permits permits,
        Signals signals,
        RandomGenerator random,
        Seal seal,
        Discretion discretion,
        Clock clock) {

    public Needs {
        interceptors = List.copyOf(interceptors);
    }
}
