package dev.jtask.worker.delivery;

import dev.jtask.broker.Outgoing;
import dev.jtask.worker.run.Runner;
import dev.jtask.worker.run.Slots;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/// What every session of a worker is made with.
///
/// @param queues consumed in this order of preference; may change while the worker runs
/// @param fixedPrefetch messages held; empty to adapt it
/// @param redeliveryLimit deaths after which a suspect is refused
/// @param runs what is under way, over all sessions
/// @param window how long deliveries may be unacknowledged
/// @param troubles what is known of queues that cannot be consumed
/// @param settling whether what is started now could be settled
public record Wants(
        List<String> queues,
        OptionalInt fixedPrefetch,
        int redeliveryLimit,
        Slots slots,
        ThreadFactory threads,
        Runner runner,
        Runs runs,
        AckWindow window,
        QueueTroubles troubles,
        Outgoing sender,
        BooleanSupplier settling,
        Traffic traffic,
        ScheduledExecutorService timer,
        Clock clock) {

    boolean maySettle() {
        return settling.getAsBoolean();
    }
}
