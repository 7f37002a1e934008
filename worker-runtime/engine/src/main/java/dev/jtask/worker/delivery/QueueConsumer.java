package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.OversizedException;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One queue on one channel, holding as many messages as it is told.
///
/// Since a consumer's limit cannot be changed, more room is a further subscription and less room is the end
/// of one; what an ended one delivered still counts until it is settled. Subscriptions are numbered, and the
/// oldest end first.
final class QueueConsumer implements Ticket.Source {

    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);

    /// So many tasks whose endings wait are held beside the others, for a worker's memory has an end.
    private static final int MOST_ENDINGS = 1_000;

    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);

    /// Hears how it fares.
    interface Progress {

        /// A message is done with.
        void progressed();

        /// The broker has taken deliveries back, since one was not acknowledged within this time.
        void timedOut(Duration allowed);
    }

    /// Where deliveries go.
    interface Destination {

        void accept(Delivery delivery, QueueConsumer from);

        void hold(Delivery delivery, Disposition.Hold hold, QueueConsumer from);

        /// It goes back to its queue as a new message.
        void giveBack(Delivery delivery);
    }

    private final Channel channel;
    private final Acknowledger acknowledger;
    private final String queue;
    private final int preference;
    private final Map<String, Object> arguments;
    private final Destination destination;
    private final Progress progress;
    private final Clock clock;
    private final long since = System.nanoTime();
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final AtomicInteger limit = new AtomicInteger();
    private final TooLarge kept;
    private final Rests rests;
    private final Queue<Runnable> left = new ConcurrentLinkedQueue<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    private int latest;
    private volatile boolean fresh = true;
    private volatile boolean cancelled;
    private volatile boolean lingers;
    private volatile int endings;
    private volatile boolean ended;

    /// @param preference position of its queue in the worker's list, 0 first
    /// @param arguments of its consumers at the broker
    QueueConsumer(
            Channel channel,
            String queue,
            int preference,
            Map<String, Object> arguments,
            Destination destination,
            Progress progress,
            Clock clock) {
        this.channel = channel;
        this.acknowledger = new Acknowledger(channel);
        this.queue = queue;
        this.kept = new TooLarge(queue, acknowledger);
        this.rests = new Rests(queue);
        this.preference = preference;
        this.arguments = arguments;
        this.destination = destination;
        this.progress = progress;
        this.clock = clock;
        // RabbitMQ 4.3 may deliver to a consumer that it has ended, which would cost the connection
        channel.setDefaultConsumer(new DefaultConsumer(channel));
        Channels.onEnd(channel, this::closed);
    }

    String queue() {
        return queue;
    }

    int preference() {
        return preference;
    }

    Connection connection() {
        return channel.getConnection();
    }

    /// Whether the broker was not asked for its messages yet.
    boolean isFresh() {
        return fresh;
    }

    Acknowledger acknowledger() {
        return acknowledger;
    }

    /// What this worker lets the broker send: the subscriptions' limits together.
    int limit() {
        return Math.max(0, limit.get() - beside());
    }

    int held() {
        return Math.max(0, acknowledger.open() - beside());
    }

    /// Whether nothing that it delivered is still to be settled.
    boolean isEmpty() {
        return acknowledger.open() <= kept.size();
    }

    /// @param number of tasks from here whose endings wait
    void endings(int number) {
        endings = Math.min(number, MOST_ENDINGS);
    }

    /// Deliveries that take no room from others: those that are kept, and those whose tasks have run.
    private int beside() {
        return kept.size() + endings;
    }

    /// Whether the broker has ended it: its queue was deleted, or a command was refused on its channel.
    boolean isEnded() {
        return ended;
    }

    /// Whether it has lasted, so that its end is a new one.
    boolean isSteady() {
        return System.nanoTime() - since > STEADY_NANOS;
    }

    /// Why it takes nothing for a while; null when it does.
    @Nullable
    String restReason() {
        return rests.reason();
    }

    /// Whether it takes nothing, or has something to give back.
    boolean mustRest() {
        return restReason() != null || !left.isEmpty();
    }

    /// Whether one subscription could do what several do now.
    boolean isUntidy() {
        turn.lock();
        try {
            return subscriptions.size() > 1 && acknowledger.open() == 0;
        } finally {
            turn.unlock();
        }
    }

    /// Changes the subscriptions so that at most `most` messages are held, counting those held already.
    void adjust(int most) throws IOException {
        int target = most == 0 ? 0 : most + beside();
        turn.lock();
        try {
            if (cancelled || ended) {
                return;
            }
            boolean untidy = isUntidy();
            if (changes(target, untidy) && isLeaderless()) {
                return; // another look finds its leader, or that it is ended
            }
            while (!subscriptions.isEmpty() && (limit.get() > target || untidy)) {
                endFirst();
            }
            if (target == 0) {
                giveBackLeft();
            }
            int room = room(target);
            if (room > 0) {
                fresh = false;
                subscriptions.add(subscribe(++latest, room));
                limit.addAndGet(room);
            }
        } finally {
            turn.unlock();
        }
    }

    private boolean changes(int target, boolean untidy) {
        return room(target) > 0 || (!subscriptions.isEmpty() && (limit.get() > target || untidy));
    }

    private int room(int target) {
        return target - limit.get() - acknowledger.openBefore(latest - subscriptions.size() + 1);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// Ends all subscriptions for good. While the broker does not answer that, it is told again, beside, and what it
    /// still sends goes back afterwards: to the queue at once it would come round again and again.
    ///
    /// @throws IOException when they have not all ended yet
    void cancel() throws IOException {
        turn.lock();
        try {
            cancelled = true;
            endSubscriptions();
            giveBackLeft();
        } catch (IOException | ShutdownSignalException e) {
            if (!lingers) {
                lingers = true;
                Continuations.OWN_THREAD.execute(this::cancelAgain);
            }
            throw e;
        } finally {
            turn.unlock();
        }
    }

    private void cancelAgain() {
        try {
            for (int failures = 1; lingers && !isGoneAfter(Pauses.USUAL.after(failures)); failures++) {
                tryToEnd();
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts it; queue '{}' is let go with its channel", queue, e);
        }
    }

    private boolean isGoneAfter(Duration pause) throws InterruptedException {
        return gone.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tryToEnd() {
        turn.lock();
        try {
            endSubscriptions();
            lingers = false;
            giveBackLeft();
        } catch (IOException | RuntimeException e) {
            LOG.debug("queue '{}' is still sent; it is tried again", queue, e);
        } finally {
            turn.unlock();
        }
    }

    private void endSubscriptions() throws IOException {
        if (isLeaderless()) {
            throw new IOException("queue '%s' has no leader at the moment".formatted(queue));
        }
        while (!subscriptions.isEmpty()) {
            endFirst();
        }
    }

    /// One that the broker does not end stays, for another try.
    private void endFirst() throws IOException {
        var first = subscriptions.getFirst();
        first.cancel();
        subscriptions.removeFirst();
        limit.addAndGet(-first.limit());
    }

    /// While the broker shows none of the consumers that it has here, each command may cost the connection.
    private boolean isLeaderless() throws IOException {
        return !subscriptions.isEmpty() && !Queues.showsConsumers(channel.getConnection(), queue);
    }

    private void giveBackLeft() {
        for (var giveBack = left.poll(); giveBack != null; giveBack = left.poll()) {
            giveBack.run();
        }
    }

    /// Returns what is kept for so long that the broker would take it back; it comes again.
    void returnKept(Predicate<Instant> isOver) {
        kept.giveBack(isOver);
    }

    /// Its channel is not needed any more.
    void close() {
        Channels.close(channel);
    }

    @Override
    public void hold(Delivery delivery, Disposition.Hold hold) {
        destination.hold(delivery, hold, this);
    }

    @Override
    public void leave(String reason, Runnable giveBack) {
        left.add(giveBack);
        rests.begin(reason);
        if (cancelled && !lingers) {
            giveBackLeft(); // nobody adjusts it any more
        }
    }

    @Override
    public void giveBack(Delivery delivery) {
        destination.giveBack(delivery);
    }

    @Override
    public void settled(Disposition how) {
        if (how.isDone()) {
            progress.progressed();
        }
    }

    /// The messages that it held are the broker's again; their tasks run on.
    private void closed(ShutdownSignalException cause) {
        AckTimeout.in(cause).ifPresent(allowed -> {
            LOG.warn("queue '{}': a delivery was not acknowledged in time; the channel is opened anew", queue);
            progress.timedOut(allowed);
        });
        ended = true;
        gone.countDown();
    }

    private Subscription subscribe(int number, int room) throws IOException {
        return new Subscription(
                channel,
                queue,
                room,
                arguments,
                (envelope, properties, body) -> deliver(number, envelope, properties, body),
                () -> ended = true);
    }

    private void deliver(int number, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        acknowledger.delivered(envelope.getDeliveryTag(), number);
        var ticket = new Ticket(envelope.getDeliveryTag(), acknowledger, this);
        try {
            var message = AmqpMessages.fromAmqp(properties, body);
            var delivery =
                    ticket.of(new Delivery(queue, message, envelope.isRedeliver(), clock.instant(), null, ticket));
            if (lingers) {
                left.add(() -> destination.giveBack(delivery));
            } else {
                destination.accept(delivery, this);
            }
        } catch (OversizedException e) {
            kept.keep(envelope.getDeliveryTag(), clock.instant(), e);
        } catch (RuntimeException | Error e) {
            // the boundary of the client library's callback, which would end the channel again and again
            LOG.error("a message of queue '{}' cannot be taken over", queue, e);
            ticket.settle(new Disposition.Leave("a message cannot be taken over: " + e));
        }
    }
}
