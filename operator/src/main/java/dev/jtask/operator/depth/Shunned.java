package dev.jtask.operator.depth;

import dev.jtask.protocol.time.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queues that are left alone for a while: each question that a broker does not answer costs a channel and a line in
/// its log.
final class Shunned {

    private static final Logger LOG = LoggerFactory.getLogger(Shunned.class);

    private static final Duration MISSING = Duration.ofSeconds(10);
    private static final Duration REFUSED = Duration.ofSeconds(60);

    private final Map<String, Wait> until = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final String broker;
    private String lastSilent = "";

    Shunned(String broker) {
        this.broker = broker;
    }

    boolean allows(String queue, Instant now) {
        var end = until.get(queue);
        return end == null || end.isOver(now);
    }

    void answered(String queue) {
        if (queue.equals(lastSilent)) {
            lastSilent = "";
        }
        until.remove(queue);
        if (told.remove(queue)) {
            LOG.info("{}: messages of queue {} are counted by AMQP again", broker, queue);
        }
    }

    void missing(String queue, Instant now) {
        forget(now);
        until.put(queue, Wait.of(now, MISSING));
    }

    /// The line was lost over it. When that comes twice for one queue, its node may be away, and the others are not to
    /// wait for it.
    void silent(String queue, Instant now) {
        if (queue.equals(lastSilent)) {
            until.put(queue, Wait.of(now, REFUSED));
        }
        lastSilent = queue;
    }

    /// @param why in the broker's words
    void refused(String queue, String why, Instant now) {
        until.put(queue, Wait.of(now, REFUSED));
        if (told.add(queue)) {
            LOG.warn(
                    "{}: messages of queue {} cannot be counted by AMQP, so the figures of the management API have to do, which are up to ten seconds old ({})",
                    broker,
                    queue,
                    why);
        }
    }

    /// A name that is asked for no more is not kept for ever.
    private void forget(Instant now) {
        until.values().removeIf(end -> end.isOver(now));
    }
}
