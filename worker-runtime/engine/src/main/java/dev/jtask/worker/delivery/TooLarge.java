package dev.jtask.worker.delivery;

import dev.jtask.broker.OversizedException;
import dev.jtask.worker.run.SparseLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/// Deliveries of one queue that are too large to be read, and since when they are here. Nobody here has their
/// bodies, so that they can neither run nor be dead letters: they stay the broker's, and in nobody's way.
final class TooLarge {

    /// Each comes again and again, to all consumers that there are.
    private static final SparseLog LOG = new SparseLog(LoggerFactory.getLogger(TooLarge.class));

    private final Map<Long, Instant> since = new ConcurrentHashMap<>();
    private final String queue;
    private final Acknowledger acknowledger;
    private final SparseLog log;

    TooLarge(String queue, Acknowledger acknowledger) {
        this(queue, acknowledger, LOG);
    }

    TooLarge(String queue, Acknowledger acknowledger, SparseLog log) {
        this.queue = queue;
        this.acknowledger = acknowledger;
        this.log = log;
    }

    void keep(long tag, Instant now, OversizedException why) {
        since.put(tag, now);
        log.warn(
                "a message of queue '%s' stays unacknowledged, and others run: %s, or take the message off the queue; a quorum queue of RabbitMQ 4 drops it at its delivery limit meanwhile, so set that to -1"
                        .formatted(queue, why.getMessage()));
    }

    /// Returns those to the queue that are here for so long.
    void giveBack(Predicate<Instant> isOver) {
        for (var each : List.copyOf(since.entrySet())) {
            if (isOver.test(each.getValue()) && since.remove(each.getKey()) != null) {
                acknowledger.requeue(each.getKey());
            }
        }
    }

    int size() {
        return since.size();
    }
}
