package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.Questions;
import dev.jtask.broker.Queues;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The consumers of one session, a queue each. One that the broker ends, or refuses, is tried again by
/// itself, while the others go on: also where the broker ends connections over it, for it has one of its own then.
final class Consumers implements Apart.Taking {

    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);
    private static final long FLUSH_MS = 500;

    private final Connection connection;
    private final Apart apart;
    private final Blame blame;
    private final QueueTroubles troubles;
    private final QueueConsumer.Destination destination;
    private final QueueConsumer.Progress progress;
    private final AckWindow window;
    private final Clock clock;
    private final Questions questions;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<QueueConsumer> all = new CopyOnWriteArrayList<>();
    /// Queues whose consumers may not ask for time: classic ones on RabbitMQ 4.3, which have no limit there.
    private final Set<String> plain = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /// @param connection that all share of which nothing else is known
    /// @param opening makes further ones, for those that must not share it
    Consumers(
            Connection connection,
            Opening opening,
            QueueTroubles troubles,
            QueueConsumer.Destination destination,
            QueueConsumer.Progress progress,
            AckWindow window,
            Clock clock) {
        this.connection = connection;
        this.apart = new Apart(opening, this);
        this.blame = new Blame(connection, troubles);
        this.troubles = troubles;
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
        var ofQueue = troubles.trouble();
        if (ofQueue != null) {
            return ofQueue;
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
        if (isConsumed(queue)) {
            return;
        }
        if (troubles.isApart(queue)) {
            beginApart(queue, preference);
            return;
        }
        turn.lock();
        try {
            if (!isConsumed(queue) && !tries(queue, preference)) {
                tries(queue, preference);
            }
        } finally {
            turn.unlock();
        }
    }

    /// Holds nobody else up.
    private void beginApart(String queue, int preference) throws IOException {
        var consumer = apart.open(own -> consuming(own, queue, preference));
        if (!begun(consumer)) {
            Apart.end(consumer);
        }
    }

    /// @return false when it has to be tried once more, without what the broker does not know
    private boolean tries(String queue, int preference) throws IOException {
        var consumer = add(queue, preference);
        try {
            blame.ask(consumer, () -> consumer.adjust(1));
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
            troubles.forget(queue);
            apart.forget(queue);
            all.stream().filter(consumer -> consumer.queue().equals(queue)).forEach(this::cancel);
        } finally {
            turn.unlock();
        }
    }

    /// Ends them all, side by side: one may be of a queue that does not answer.
    void cancelAll() {
        beOver();
        var ends = all.stream()
                .map(consumer -> CompletableFuture.runAsync(() -> cancel(consumer), Continuations.OWN_THREAD))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends).join();
    }

    /// The connection that they share is at its end, and those go with it that have their own.
    void stop() {
        beOver();
        for (var consumer : all) {
            consumer.acknowledger().stop();
            if (blame.isApart(consumer)) {
                if (isLive(consumer) && consumer.isSteady()) {
                    troubles.trust(consumer.queue());
                }
                Continuations.OWN_THREAD.execute(() -> Apart.end(consumer));
            }
        }
    }

    private void beOver() {
        synchronized (all) {
            over = true;
        }
        apart.forgetAll();
    }

    /// The connection that they share was ended.
    void lost(ShutdownSignalException cause) {
        blame.lost(cause, all);
    }

    /// Sees to it that these queues are consumed, and that nothing is left of consumers that are gone.
    ///
    /// @throws IOException when the broker does not answer
    void mend(List<String> queues) throws IOException {
        turn.lock();
        try {
            for (var gone : all.stream().filter(Consumers::isGone).toList()) {
                drop(gone);
                if (gone.isEnded() && !gone.isCancelled()) {
                    troubles.ended(gone);
                }
            }
            troubles.retain(queues);
            // remote control may change the list meanwhile
            var wanted = List.copyOf(queues);
            for (int i = 0; i < wanted.size() && !over; i++) {
                var queue = wanted.get(i);
                if (isConsumed(queue) || !troubles.mayTry(queue)) {
                    continue;
                }
                if (troubles.isApart(queue)) {
                    int preference = i;
                    apart.begin(queue, own -> consuming(own, queue, preference));
                } else {
                    addOrRefuse(queue, i);
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
            blame.ask(consumer, () -> consumer.adjust(target));
            troubles.consumed(consumer.queue());
        } catch (IOException | ShutdownSignalException e) {
            turn.lock();
            try {
                drop(consumer);
                if (blame.isApart(consumer)) {
                    failed(consumer.queue(), e);
                } else {
                    if (connection.isOpen() && troubles.isApart(consumer.queue())) {
                        setFreshApart();
                    }
                    refuse(consumer.queue(), e);
                }
            } finally {
                turn.unlock();
            }
        }
    }

    /// Where one has not answered, nobody waits for the next to do the same.
    private void setFreshApart() {
        all.stream()
                .filter(consumer -> consumer.isFresh() && !blame.isApart(consumer))
                .forEach(consumer -> {
                    troubles.setApart(consumer.queue());
                    drop(consumer);
                });
    }

    /// How many messages the broker may send, all queues together.
    int limit() {
        return all.stream().mapToInt(QueueConsumer::limit).sum();
    }

    /// Whether the broker takes no arguments for consumers of this queue.
    boolean isPlain(String queue) {
        return plain.contains(queue);
    }

    private void addOrRefuse(String queue, int preference) throws IOException {
        try {
            add(queue, preference);
        } catch (IOException | RuntimeException e) {
            refuse(queue, e);
        } catch (Error e) {
            refuse(queue, Apart.named(e));
        }
    }

    private QueueConsumer add(String queue, int preference) throws IOException {
        questions.see(queue, () -> Queues.ensure(connection, queue, window.queueArguments()));
        var consumer = on(connection, queue, preference);
        if (!join(consumer)) {
            end(consumer);
            throw new IOException("the worker takes no more messages");
        }
        return consumer;
    }

    private QueueConsumer on(Connection its, String queue, int preference) throws IOException {
        var arguments = isPlain(queue) ? Map.<String, Object>of() : window.consumerArguments();
        return new QueueConsumer(Channels.open(its), queue, preference, arguments, destination, progress, clock);
    }

    /// One that has a connection of its own is there once it consumes.
    private QueueConsumer consuming(Connection own, String queue, int preference) throws IOException {
        Queues.ensure(own, queue, window.queueArguments());
        var consumer = on(own, queue, preference);
        try {
            consumer.adjust(1);
            return consumer;
        } catch (IOException | RuntimeException e) {
            consumer.acknowledger().stop();
            if (isForArgument(queue, e)) {
                return consuming(own, queue, preference);
            }
            throw e;
        }
    }

    @Override
    public boolean begun(QueueConsumer consumer) {
        if (!join(consumer)) {
            return false;
        }
        troubles.consumed(consumer.queue());
        return true;
    }

    @Override
    public void failed(String queue, Exception why) {
        troubles.refuse(queue, why);
    }

    private boolean join(QueueConsumer consumer) {
        synchronized (all) {
            return !over && !isConsumed(consumer.queue()) && all.add(consumer);
        }
    }

    private boolean isConsumed(String queue) {
        return all.stream().anyMatch(consumer -> consumer.queue().equals(queue) && isLive(consumer));
    }

    /// Whether it was refused only for asking for time, which it does not do again.
    private boolean isForArgument(String queue, Exception failure) {
        return AckWindow.refusesArgument(QueueTroubles.said(failure)) && plain.add(queue);
    }

    private void refuse(String queue, Exception failure) throws IOException {
        if (isForArgument(queue, failure)) {
            return; // the next look consumes it without
        }
        if (connection.isOpen() || troubles.isApart(queue)) {
            troubles.refuse(queue, failure);
        }
        if (failure instanceof IOException cause && Channels.isSilent(cause)) {
            throw cause; // whoever waited for it in vain need not ask for the next queue
        }
    }

    /// What has a connection of its own, or does not answer, may take its time to end.
    private void drop(QueueConsumer consumer) {
        all.remove(consumer);
        if (blame.isApart(consumer) || troubles.isApart(consumer.queue())) {
            Continuations.OWN_THREAD.execute(() -> end(consumer));
        } else {
            end(consumer);
        }
    }

    private void end(QueueConsumer consumer) {
        try {
            // what was noted last may still be on its way to the channel
            consumer.acknowledger().flush(FLUSH_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.acknowledger().stop();
        if (blame.isApart(consumer)) {
            Apart.end(consumer);
        } else {
            consumer.close();
        }
    }

    private static boolean isLive(QueueConsumer consumer) {
        return !consumer.isCancelled() && !consumer.isEnded();
    }

    private static boolean isGone(QueueConsumer consumer) {
        return consumer.isEnded() || (consumer.isCancelled() && consumer.isEmpty());
    }

    private void cancel(QueueConsumer consumer) {
        try {
            blame.ask(consumer, consumer::cancel);
        } catch (IOException | RuntimeException e) {
            LOG.debug("the consumer of '{}' was gone before it was cancelled", consumer.queue(), e);
        }
    }
}
