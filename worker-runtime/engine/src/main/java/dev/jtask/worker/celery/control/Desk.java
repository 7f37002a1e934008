package dev.jtask.worker.celery.control;

import dev.jtask.worker.celery.events.Events;
import dev.jtask.worker.celery.events.LamportClock;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Jobs;
import dev.jtask.worker.run.Slots;
import dev.jtask.worker.run.TimeLimiter;
import dev.jtask.worker.run.Totals;
import dev.jtask.worker.steps.RateLimits;
import dev.jtask.worker.steps.Revocations;
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
        Jobs jobs,
        Revocations revocations,
        RateLimits rateLimits,
        TimeLimiter timeLimiter,
        Totals totals,
        Events events,
        LamportClock lamport,
        Clock clock,
        Instant since,
        Switches switches) {

    /// A queue with the exchange that it is bound to.
    public record Inlet(String queue, String exchange, String exchangeType, String routingKey) {

        private static final String DIRECT = "direct";

        /// With the exchange of its own that each queue of Celery has.
        public static Inlet of(String queue) {
            return new Inlet(queue, queue, DIRECT, queue);
        }

        /// Whether the queue needs nothing but what each has.
        public boolean isUsual() {
            return equals(of(queue));
        }
    }

    /// What only the worker itself can do.
    public interface Switches {

        /// Names of the queues that it consumes.
        List<String> queues();

        /// Deliveries that wait for a slot.
        List<Delivery> waiting();

        /// Messages that it may hold.
        int prefetch();

        /// Consumes one more queue, which is created when it is missing.
        ///
        /// @throws IllegalStateException when the exchange cannot be had as asked for
        void addQueue(Inlet inlet);

        /// Where a queue gets its messages from.
        Inlet inlet(String queue);

        void removeQueue(String queue);

        /// Begins to drain, and returns at once.
        void shutDown();
    }
}
