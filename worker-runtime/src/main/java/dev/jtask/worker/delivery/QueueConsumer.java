package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Envelope;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.worker.execution.Received;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// One queue on one channel, holding as many messages as it is told.
///
/// Since a consumer's limit cannot be changed, more room is a further subscription and less room is the end of one;
/// what an ended one delivered still counts until it is settled. Subscriptions are numbered, and the oldest end first.
final class QueueConsumer {

    private final Channel channel;
    private final Acknowledger acknowledger;
    private final String queue;
    private final int preference;
    private final Consumer<Delivered> intake;
    private final Runnable lost;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final AtomicInteger limit = new AtomicInteger();
    private long order;
    private int latest;
    private boolean cancelled;

    /// @param intake where deliveries go
    /// @param lost called when the broker ends the consumer, for example because the queue was deleted
    QueueConsumer(Channel channel, String queue, int preference, Consumer<Delivered> intake, Runnable lost) {
        this.channel = channel;
        this.acknowledger = new Acknowledger(channel);
        this.queue = queue;
        this.preference = preference;
        this.intake = intake;
        this.lost = lost;
    }

    String queue() {
        return queue;
    }

    Acknowledger acknowledger() {
        return acknowledger;
    }

    /// What this worker lets the broker send: the subscriptions' limits together.
    int limit() {
        return limit.get();
    }

    int held() {
        return acknowledger.open();
    }

    /// Whether one subscription could do what several do now.
    boolean isUntidy() {
        turn.lock();
        try {
            return subscriptions.size() > 1 && held() == 0;
        } finally {
            turn.unlock();
        }
    }

    /// Changes the subscriptions so that at most `target` messages are held, counting those held already.
    void adjust(int target) throws IOException {
        turn.lock();
        try {
            if (cancelled) {
                return;
            }
            boolean untidy = isUntidy();
            while (!subscriptions.isEmpty() && (limit.get() > target || untidy)) {
                var ended = subscriptions.removeFirst();
                ended.cancel();
                limit.addAndGet(-ended.limit());
            }
            int room = target - limit.get() - acknowledger.openBefore(firstLive());
            if (room > 0) {
                subscriptions.add(subscribe(++latest, room));
                limit.addAndGet(room);
            }
        } finally {
            turn.unlock();
        }
    }

    boolean isCancelled() {
        turn.lock();
        try {
            return cancelled;
        } finally {
            turn.unlock();
        }
    }

    /// Ends all subscriptions for good.
    void cancel() throws IOException {
        turn.lock();
        try {
            cancelled = true;
            for (var subscription : subscriptions) {
                subscription.cancel();
            }
            subscriptions.clear();
            limit.set(0);
        } finally {
            turn.unlock();
        }
    }

    private int firstLive() {
        return latest - subscriptions.size() + 1;
    }

    private Subscription subscribe(int number, int room) throws IOException {
        return new Subscription(
                channel,
                queue,
                room,
                (envelope, properties, body) -> deliver(number, envelope, properties, body),
                lost);
    }

    private void deliver(int number, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        acknowledger.delivered(envelope.getDeliveryTag(), number);
        var received = new Received(
                queue, AmqpMessages.fromAmqp(properties, body), envelope.isRedeliver(), Instant.now(), null);
        intake.accept(new Delivered(received, envelope.getDeliveryTag(), acknowledger, preference, order++));
    }
}
