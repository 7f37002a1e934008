package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs suspects, one at a time. Each is fetched when there is a slot for it and runs at once: when the worker dies
/// then,
/// the message that comes again was running, and no other is blamed. After too many such deaths it is refused.
final class SuspectLane implements Ticket.Source {

    private static final Logger LOG = LoggerFactory.getLogger(SuspectLane.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /// The broker logs each look at a queue that is not there as an error.
    private static final long ABSENT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Connection connection;
    private final Outgoing sender;
    private final int limit;
    private final BiConsumer<Delivery, Outcome.Refused> refusing;
    private final Clock clock;
    private final Map<String, Long> nextLook = new ConcurrentHashMap<>();
    private final Map<String, Boolean> present = new ConcurrentHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private @Nullable Channel channel;
    private @Nullable Acknowledger acknowledger;
    private volatile long restsUntil = System.nanoTime();

    /// Of a message that is moved or refused, not run.
    private final class NotRun implements Ticket.Source {

        @Override
        public void hold(Delivery delivery, Disposition.Hold hold) {
            SuspectLane.this.hold(delivery, hold);
        }

        @Override
        public void leave(String reason, Runnable giveBack) {
            SuspectLane.this.leave(reason, giveBack);
        }

        @Override
        public void settled(Disposition how) {}
    }

    /// @param limit deaths after which a message is refused
    /// @param refusing ends a delivery that is not run any more
    SuspectLane(
            Connection connection,
            Outgoing sender,
            int limit,
            BiConsumer<Delivery, Outcome.Refused> refusing,
            Clock clock) {
        this.connection = connection;
        this.sender = sender;
        this.limit = limit;
        this.refusing = refusing;
        this.clock = clock;
    }

    /// Looks which of these queues have suspects; every second, and seldom where there were none.
    void look(List<String> queues) throws IOException {
        long now = System.nanoTime();
        for (var queue : queues) {
            if (now - nextLook.getOrDefault(queue, now) >= 0) {
                var messages = Queues.messages(connection, Suspects.queueFor(queue));
                boolean some = messages.isPresent() && messages.getAsLong() > 0;
                present.put(queue, some);
                nextLook.put(queue, now + (some ? LOOK_NANOS : ABSENT_NANOS));
            }
        }
    }

    /// There is one now.
    void expect(String queue) {
        present.put(queue, true);
    }

    /// The next one to run; null when there is none, or one is running. For the one who has a slot for it.
    @Nullable
    Delivery next() {
        if (present.isEmpty() || busy.get() || System.nanoTime() - restsUntil < 0) {
            return null;
        }
        for (var entry : present.entrySet()) {
            if (entry.getValue()) {
                try {
                    var delivery = fetch(entry.getKey());
                    if (delivery != null) {
                        return delivery;
                    }
                } catch (IOException | ShutdownSignalException e) {
                    LOG.debug("suspects of queue '{}' cannot be fetched", entry.getKey(), e);
                }
                entry.setValue(false);
                nextLook.put(entry.getKey(), System.nanoTime() + LOOK_NANOS);
            }
        }
        return null;
    }

    private @Nullable Delivery fetch(String queue) throws IOException {
        var open = channel;
        if (open == null || !open.isOpen()) {
            open = Channels.open(connection);
            channel = open;
            acknowledger = new Acknowledger(open);
        }
        var acks = acknowledger;
        while (acks != null) {
            var got = open.basicGet(Suspects.queueFor(queue), false);
            if (got == null) {
                return null;
            }
            long tag = got.getEnvelope().getDeliveryTag();
            acks.delivered(tag, 0);
            boolean fresh = !got.getEnvelope().isRedeliver();
            var ticket = new Ticket(tag, acks, fresh ? this : new NotRun());
            var message = AmqpMessages.fromAmqp(got.getProps(), got.getBody());
            var delivery = ticket.of(new Delivery(queue, message, true, clock.instant(), null, ticket));
            if (fresh) {
                busy.set(true);
                return delivery;
            }
            died(delivery);
        }
        return null;
    }

    /// It was running when its worker died.
    private void died(Delivery delivery) {
        int deaths = Returns.count(delivery.message()) + 1;
        if (deaths > limit) {
            var reason = "delivered %d times without coming to an end".formatted(deaths + 1);
            var refused = Outcome.Refused.unfit("Reject", reason);
            refusing.accept(
                    delivery, new Outcome.Refused(reason, refused.error(), Outcome.Refused.Kind.UNFIT, deaths + 1));
            return;
        }
        var copy = Returns.counted(delivery.message(), deaths);
        var _ = sender.send(Parcel.plain(Suspects.queueFor(delivery.queue()), copy), Patience.ENDLESS)
                .whenComplete((sent, failure) ->
                        delivery.receipt().settle(failure == null ? new Disposition.Ack() : new Disposition.Requeue()));
    }

    @Override
    public void hold(Delivery delivery, Disposition.Hold hold) {
        // it does not wait here, where it would be blamed: it is a new message for its queue, which lets it wait
        var _ = sender.send(Parcel.reply(delivery.queue(), delivery.message()), Patience.ENDLESS)
                .whenComplete((sent, failure) ->
                        delivery.receipt().settle(failure == null ? new Disposition.Ack() : new Disposition.Requeue()));
    }

    @Override
    public void leave(String reason, Runnable giveBack) {
        rest(reason);
        giveBack.run();
    }

    private void rest(String reason) {
        LOG.warn("suspects rest for {} s: {}", TimeUnit.NANOSECONDS.toSeconds(REST_NANOS), reason);
        restsUntil = System.nanoTime() + REST_NANOS;
    }

    @Override
    public void settled(Disposition how) {
        busy.set(false);
    }

    /// For the acknowledgements that are still to be written.
    @Nullable
    Acknowledger acknowledger() {
        return acknowledger;
    }
}
