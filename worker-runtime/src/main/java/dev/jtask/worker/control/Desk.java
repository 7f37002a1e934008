package dev.jtask.worker.control;

import dev.jtask.worker.WorkerOptions;
import dev.jtask.worker.events.Events;
import dev.jtask.worker.events.LamportClock;
import dev.jtask.worker.execution.Attempts;
import dev.jtask.worker.execution.RateLimits;
import dev.jtask.worker.execution.Received;
import dev.jtask.worker.execution.Revocations;
import dev.jtask.worker.execution.Slots;
import dev.jtask.worker.execution.TimeLimiter;
import dev.jtask.worker.execution.Totals;
import dev.jtask.worker.registry.TaskRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// What remote control can see and change of a worker.
///
/// @param since when the worker started
public record Desk(
        WorkerOptions options,
        TaskRegistry registry,
        Slots slots,
        Attempts attempts,
        Revocations revocations,
        RateLimits rateLimits,
        TimeLimiter timeLimiter,
        Totals totals,
        Events events,
        LamportClock lamport,
        Clock clock,
        Instant since,
        Switches switches) {

    /// What only the worker itself can do.
    public interface Switches {

        /// Names of the queues that it consumes.
        List<String> queues();

        /// Deliveries that wait for a slot.
        List<Received> waiting();

        /// Messages that it may hold.
        int prefetch();

        void addQueue(String queue);

        void removeQueue(String queue);

        /// Begins to drain, and returns at once.
        void shutDown();
    }
}
