package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Pauses;
import dev.jtask.broker.Queues;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The consumers of one session, a queue each. One that the broker ends, or refuses, is tried again by itself, while
/// the
/// others go on.
final class Consumers {

    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);

    private final Connection connection;
    private final QueueConsumer.Destination destination;
    private final Clock clock;
    private final List<QueueConsumer> all = new CopyOnWriteArrayList<>();
    private final Map<String, Refusal> refused = new HashMap<>();

    /// @param until by [System#nanoTime()]
    private record Refusal(int failures, long until, String why) {}

    Consumers(Connection connection, QueueConsumer.Destination destination, Clock clock) {
        this.connection = connection;
        this.destination = destination;
        this.clock = clock;
    }

    /// Those that are there, also when they take nothing any more.
    List<QueueConsumer> all() {
        return all;
    }

    /// Those that take messages now, in order of preference.
    List<QueueConsumer> taking() {
        return all.stream()
                .filter(consumer -> !consumer.isCancelled() && !consumer.isEnded() && consumer.restReason() == null)
                .sorted((a, b) -> Integer.compare(a.preference(), b.preference()))
                .toList();
    }

    /// Why a queue is not consumed; null when all of them are.
    synchronized @Nullable String trouble() {
        for (var refusal : refused.entrySet()) {
            return "queue '%s' is not consumed: %s"
                    .formatted(refusal.getKey(), refusal.getValue().why());
        }
        return all.stream()
                .map(QueueConsumer::restReason)
                .filter(reason -> reason != null)
                .findFirst()
                .orElse(null);
    }

    /// Consumes a queue, which is made sure of first.
    ///
    /// @throws IOException with the broker's words; nothing else is touched by it
    synchronized QueueConsumer add(String queue, int preference) throws IOException {
        Queues.ensure(connection, queue);
        var consumer = new QueueConsumer(Channels.open(connection), queue, preference, destination, clock);
        all.add(consumer);
        refused.remove(queue);
        return consumer;
    }

    /// Consumes a queue at once, if it is not consumed yet: only a subscription shows whether the broker allows it.
    ///
    /// @throws IOException with the broker's words; nothing else is touched by it
    synchronized void begin(String queue, int preference) throws IOException {
        if (all.stream()
                .anyMatch(
                        consumer -> consumer.queue().equals(queue) && !consumer.isCancelled() && !consumer.isEnded())) {
            return;
        }
        var consumer = add(queue, preference);
        try {
            consumer.adjust(1);
        } catch (IOException | RuntimeException e) {
            all.remove(consumer);
            consumer.acknowledger().stop();
            consumer.close();
            throw e;
        }
    }

    /// Takes no more of a queue; what it holds is still run.
    synchronized void remove(String queue) {
        refused.remove(queue);
        all.stream().filter(consumer -> consumer.queue().equals(queue)).forEach(Consumers::cancel);
    }

    void cancelAll() {
        all.forEach(Consumers::cancel);
    }

    void stop() {
        all.forEach(consumer -> consumer.acknowledger().stop());
    }

    /// Sees to it that these queues are consumed, and that nothing is left of consumers that are gone.
    void mend(List<String> queues) {
        var gone = all.stream().filter(Consumers::isGone).toList();
        all.removeAll(gone);
        gone.forEach(consumer -> {
            consumer.acknowledger().stop();
            consumer.close();
        });
        // remote control may change the list meanwhile
        var wanted = List.copyOf(queues);
        for (int i = 0; i < wanted.size(); i++) {
            var queue = wanted.get(i);
            if (isMissing(queue)) {
                tryToAdd(queue, i);
            }
        }
    }

    /// Lets those take nothing whose messages cannot be settled.
    void rest() throws IOException {
        for (var consumer : all) {
            if (consumer.restReason() != null) {
                consumer.adjust(0);
            }
        }
    }

    private synchronized boolean isMissing(String queue) {
        var refusal = refused.get(queue);
        return all.stream().noneMatch(consumer -> consumer.queue().equals(queue) && !consumer.isCancelled())
                && (refusal == null || System.nanoTime() - refusal.until() >= 0);
    }

    private synchronized void tryToAdd(String queue, int preference) {
        var before = refused.get(queue);
        try {
            add(queue, preference);
            if (before != null) {
                LOG.info("queue '{}' is consumed now", queue);
            }
        } catch (IOException | RuntimeException e) {
            int failures = before == null ? 1 : before.failures() + 1;
            var why = e instanceof IOException cause ? Queues.reason(cause) : e.getMessage();
            if (before == null) {
                LOG.warn("queue '{}' cannot be consumed, which is tried again: {}", queue, why);
            }
            refused.put(
                    queue,
                    new Refusal(
                            failures,
                            System.nanoTime() + Pauses.USUAL.after(failures).toNanos(),
                            String.valueOf(why)));
        }
    }

    private static boolean isGone(QueueConsumer consumer) {
        return consumer.isEnded() || (consumer.isCancelled() && consumer.held() == 0);
    }

    private static void cancel(QueueConsumer consumer) {
        try {
            consumer.cancel();
        } catch (IOException | RuntimeException e) {
            LOG.debug("the consumer of '{}' was gone before it was cancelled", consumer.queue(), e);
        }
    }

    /// How many messages the broker may send, all queues together.
    int limit() {
        return new ArrayList<>(all).stream().mapToInt(QueueConsumer::limit).sum();
    }
}
