package dev.jtask.worker.delivery;

import dev.jtask.broker.Channels;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a worker knows of queues that it cannot consume, over all its sessions: when each is tried again, and which of
/// them may have made the broker end a connection. Those are consumed on connections of their own.
public final class QueueTroubles {

    private static final Logger LOG = LoggerFactory.getLogger(QueueTroubles.class);

    private final Map<String, Refusal> refused = new ConcurrentHashMap<>();
    private final Map<String, Integer> shortLived = new ConcurrentHashMap<>();
    private final Set<String> apart = ConcurrentHashMap.newKeySet();

    /// @param until by [System#nanoTime()]
    private record Refusal(int failures, long until, String why) {}

    /// It cannot be consumed at the moment.
    void refuse(String queue, Exception failure) {
        var why = why(failure);
        var before = refused.get(queue);
        if (before == null) {
            LOG.warn("queue '{}' cannot be consumed, which is tried again: {}", queue, why);
        }
        refuse(queue, before == null ? 1 : before.failures() + 1, why);
    }

    /// The same with a number of failures of its own, which say how long the pause is.
    void refuse(String queue, int failures, String why) {
        long until = System.nanoTime() + Pauses.USUAL.after(failures).toNanos();
        refused.put(queue, new Refusal(failures, until, why));
    }

    /// One that the broker ends comes back at once, and more and more slowly when it is ended again and again.
    void ended(QueueConsumer consumer) {
        int failures = consumer.isSteady() ? 1 : shortLived.getOrDefault(consumer.queue(), 0) + 1;
        shortLived.put(consumer.queue(), failures);
        if (failures > 1) {
            refuse(consumer.queue(), failures, "the broker has ended its channel");
        }
    }

    /// Whether its pause is over, if it has one.
    boolean mayTry(String queue) {
        var refusal = refused.get(queue);
        return refusal == null || System.nanoTime() - refusal.until() >= 0;
    }

    /// It is consumed.
    void consumed(String queue) {
        if (refused.remove(queue) != null) {
            LOG.info("queue '{}' is consumed now", queue);
        }
    }

    /// Nobody wants to consume it any more.
    void forget(String queue) {
        refused.remove(queue);
    }

    /// Which queue is not consumed, and why; null when there is none.
    @Nullable
    String trouble() {
        for (var refusal : refused.entrySet()) {
            return "queue '%s' is not consumed: %s"
                    .formatted(refusal.getKey(), refusal.getValue().why());
        }
        return null;
    }

    /// Others are not consumed any more.
    void retain(List<String> queues) {
        refused.keySet().retainAll(queues);
        shortLived.keySet().retainAll(queues);
    }

    /// It must not share a connection: with its next command the broker may end that.
    void setApart(String queue) {
        apart.add(queue);
    }

    /// It was consumed for long enough to share a connection again.
    void trust(String queue) {
        apart.remove(queue);
    }

    boolean isApart(String queue) {
        return apart.contains(queue);
    }

    /// The broker's words, where it said any.
    static String said(Exception failure) {
        return String.valueOf(failure instanceof IOException cause ? Queues.reason(cause) : failure.getMessage());
    }

    private static String why(Exception failure) {
        var said = said(failure);
        return Channels.mayCostConnection(failure)
                ? "the broker ends connections over it, or says nothing; if it is a quorum queue, see that a majority of its members runs (%s)"
                        .formatted(said)
                : said;
    }
}
