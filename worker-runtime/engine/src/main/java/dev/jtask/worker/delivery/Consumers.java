package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Pauses;
import dev.jtask.broker.Questions;
import dev.jtask.broker.Queues;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The consumers of one session, a queue each. One that the broker ends, or refuses, is tried again by
/// itself, while the others go on.
final class Consumers {

    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);
    private static final long FLUSH_MS = 500;

    private final Connection connection;
    private final QueueConsumer.Destination destination;
    private final QueueConsumer.Progress progress;
    private final AckWindow window;
    private final Clock clock;
    private final Questions questions;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<QueueConsumer> all = new CopyOnWriteArrayList<>();
    private final Map<String, Refusal> refused = new ConcurrentHashMap<>();
    private final Map<String, Integer> shortLived = new ConcurrentHashMap<>();
    /// Queues whose consumers may not ask for time: classic ones on RabbitMQ 4.3, which have no limit there.
    private final Set<String> plain = ConcurrentHashMap.newKeySet();

    /// @param until by [System#nanoTime()]
    private record Refusal(int failures, long until, String why) {}

    Consumers(
            Connection connection,
            QueueConsumer.Destination destination,
            QueueConsumer.Progress progress,
            AckWindow window,
            Clock clock) {
        this.connection = connection;
        this.destination = destination;
        this.progress = progress;
        this.window = window;
        this.clock = clock;
        this.questions = new Questions(connection);
    }

    /// Those that are there, also when they take nothing any more.
    List<QueueConsumer> all() {
        return all;
    }

    /// Those that take messages now, in order of preference.
    List<QueueConsumer> taking() {
        return all.stream()
                .filter(consumer -> isLive(consumer) && !consumer.mustRest())
                .sorted((a, b) -> Integer.compare(a.preference(), b.preference()))
                .toList();
    }

    /// Why a queue is not consumed; null when all of them are. Waits for nothing.
    @Nullable
    String trouble() {
        for (var refusal : refused.entrySet()) {
            return "queue '%s' is not consumed: %s"
                    .formatted(refusal.getKey(), refusal.getValue().why());
        }
        return all.stream()
                .map(QueueConsumer::restReason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// Consumes a queue at once, if it is not consumed yet: only a subscription shows whether the broker
    /// allows it.
    ///
    /// @throws IOException with the broker's words; nothing else is touched by it
    void begin(String queue, int preference) throws IOException {
        turn.lock();
        try {
            if (isConsumed(queue)) {
                return;
            }
            if (!tries(queue, preference)) {
                tries(queue, preference);
            }
        } finally {
            turn.unlock();
        }
    }

    /// @return false when it has to be tried once more, without what the broker does not know
    private boolean tries(String queue, int preference) throws IOException {
        var consumer = add(queue, preference);
        try {
            consumer.adjust(1);
            return true;
        } catch (IOException | RuntimeException e) {
            drop(consumer);
            if (isForArgument(queue, e)) {
                return false;
            }
            throw e;
        }
    }

    /// Takes no more of a queue; what it holds is still run.
    void remove(String queue) {
        turn.lock();
        try {
            refused.remove(queue);
            all.stream().filter(consumer -> consumer.queue().equals(queue)).forEach(Consumers::cancel);
        } finally {
            turn.unlock();
        }
    }

    void cancelAll() {
        all.forEach(Consumers::cancel);
    }

    void stop() {
        all.forEach(consumer -> consumer.acknowledger().stop());
    }

    /// Sees to it that these queues are consumed, and that nothing is left of consumers that are gone.
    ///
    /// @throws IOException when the broker does not answer
    void mend(List<String> queues) throws IOException {
        turn.lock();
        try {
            for (var gone : all.stream().filter(Consumers::isGone).toList()) {
                drop(gone);
                pause(gone);
            }
            refused.keySet().retainAll(queues);
            shortLived.keySet().retainAll(queues);
            // remote control may change the list meanwhile
            var wanted = List.copyOf(queues);
            for (int i = 0; i < wanted.size(); i++) {
                var queue = wanted.get(i);
                if (!isConsumed(queue) && mayTry(queue)) {
                    try {
                        add(queue, i);
                    } catch (IOException | RuntimeException e) {
                        refuse(queue, e);
                    }
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /// Lets those take nothing whose messages cannot be settled.
    void rest() throws IOException {
        for (var consumer : all) {
            if (consumer.mustRest()) {
                adjust(consumer, 0);
            }
        }
    }

    /// Changes how many messages one may hold. One that the broker does not let us consume is set aside for a
    /// while.
    ///
    /// @throws IOException when the broker does not answer
    void adjust(QueueConsumer consumer, int target) throws IOException {
        try {
            consumer.adjust(target);
            if (refused.remove(consumer.queue()) != null) {
                LOG.info("queue '{}' is consumed now", consumer.queue());
            }
        } catch (IOException | ShutdownSignalException e) {
            turn.lock();
            try {
                drop(consumer);
                refuse(consumer.queue(), e);
            } finally {
                turn.unlock();
            }
        }
    }

    /// How many messages the broker may send, all queues together.
    int limit() {
        return all.stream().mapToInt(QueueConsumer::limit).sum();
    }

    /// Whether the broker takes no arguments for consumers of this queue.
    boolean isPlain(String queue) {
        return plain.contains(queue);
    }

    private QueueConsumer add(String queue, int preference) throws IOException {
        questions.see(queue, () -> Queues.ensure(connection, queue, window.queueArguments()));
        var arguments = isPlain(queue) ? Map.<String, Object>of() : window.consumerArguments();
        var consumer = new QueueConsumer(
                Channels.open(connection), queue, preference, arguments, destination, progress, clock);
        all.add(consumer);
        return consumer;
    }

    private boolean isConsumed(String queue) {
        return all.stream().anyMatch(consumer -> consumer.queue().equals(queue) && isLive(consumer));
    }

    private boolean mayTry(String queue) {
        var refusal = refused.get(queue);
        return refusal == null || System.nanoTime() - refusal.until() >= 0;
    }

    /// Whether it was refused only for asking for time, which it does not do again.
    private boolean isForArgument(String queue, Exception failure) {
        return AckWindow.refusesArgument(why(failure)) && plain.add(queue);
    }

    private static @Nullable String why(Exception failure) {
        return failure instanceof IOException cause ? Queues.reason(cause) : failure.getMessage();
    }

    private void refuse(String queue, Exception failure) throws IOException {
        if (isForArgument(queue, failure)) {
            return; // the next look consumes it without
        }
        var before = refused.get(queue);
        int failures = before == null ? 1 : before.failures() + 1;
        var why = why(failure);
        if (before == null && connection.isOpen()) {
            LOG.warn("queue '{}' cannot be consumed, which is tried again: {}", queue, why);
        }
        long until = System.nanoTime() + Pauses.USUAL.after(failures).toNanos();
        refused.put(queue, new Refusal(failures, until, String.valueOf(why)));
        if (failure instanceof IOException cause && Channels.isSilent(cause)) {
            throw cause; // whoever waited for it in vain need not ask for the next queue
        }
    }

    /// One that the broker ends comes back at once, and more and more slowly when it is ended again and again.
    private void pause(QueueConsumer gone) {
        if (gone.isEnded() && !gone.isCancelled()) {
            int failures = gone.isSteady() ? 1 : shortLived.getOrDefault(gone.queue(), 0) + 1;
            shortLived.put(gone.queue(), failures);
            if (failures > 1) {
                long until = System.nanoTime() + Pauses.USUAL.after(failures).toNanos();
                refused.put(gone.queue(), new Refusal(failures, until, "the broker has ended its channel"));
            }
        }
    }

    private void drop(QueueConsumer consumer) {
        all.remove(consumer);
        try {
            // what was noted last may still be on its way to the channel
            consumer.acknowledger().flush(FLUSH_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.acknowledger().stop();
        consumer.close();
    }

    private static boolean isLive(QueueConsumer consumer) {
        return !consumer.isCancelled() && !consumer.isEnded();
    }

    private static boolean isGone(QueueConsumer consumer) {
        return consumer.isEnded() || (consumer.isCancelled() && consumer.isEmpty());
    }

    private static void cancel(QueueConsumer consumer) {
        try {
            consumer.cancel();
        } catch (IOException | RuntimeException e) {
            LOG.debug("the consumer of '{}' was gone before it was cancelled", consumer.queue(), e);
        }
    }
}
