package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.OversizedException;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.Questions;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs suspects, one at a time. Each is fetched when there is a slot for it and runs at once: when the
/// worker dies then, the message that comes again was running, and no other is blamed. After too many such
/// deaths it is refused.
final class SuspectLane implements Ticket.Source {

    private static final Logger LOG = LoggerFactory.getLogger(SuspectLane.class);
    private static final long SOME_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long EMPTY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /// The broker logs each look at a queue that is not there as an error.
    private static final long ABSENT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /// A slot waits while the broker says nothing to a fetch.
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(2), Duration.ofMinutes(5));

    private final Connection connection;
    private final Opening opening;
    private final Outgoing sender;
    private final int limit;
    private final BiConsumer<Delivery, Outcome.Refused> refusing;
    private final Predicate<Delivery> known;
    private final Consumer<Duration> timedOut;
    private final Runnable progressed;
    private final Clock clock;
    private final Questions questions;
    private final Map<String, Long> nextLook = new ConcurrentHashMap<>();
    private final Map<String, Boolean> present = new ConcurrentHashMap<>();
    private final Map<String, Failure> failed = new ConcurrentHashMap<>();
    private volatile @Nullable Connection own;
    private volatile boolean stopped;
    private @Nullable Channel channel;
    private volatile @Nullable Acknowledger acknowledger;
    private volatile @Nullable Ticket running;
    private volatile long restsUntil = System.nanoTime();

    /// @param until by [System#nanoTime()]
    private record Failure(int number, long until) {}

    /// @param connection over which it looks; it fetches over one of its own, as the broker may end that which fetches
    /// @param limit deaths after which a message is refused
    /// @param refusing ends a delivery that is not run any more
    /// @param known takes over what need not run, since it does already
    /// @param timedOut hears what the broker allows when one was not acknowledged in time
    /// @param progressed called for each that is done with
    SuspectLane(
            Connection connection,
            Opening opening,
            Outgoing sender,
            int limit,
            BiConsumer<Delivery, Outcome.Refused> refusing,
            Predicate<Delivery> known,
            Consumer<Duration> timedOut,
            Runnable progressed,
            Clock clock) {
        this.connection = connection;
        this.opening = opening;
        this.sender = sender;
        this.limit = limit;
        this.refusing = refusing;
        this.known = known;
        this.timedOut = timedOut;
        this.progressed = progressed;
        this.clock = clock;
        this.questions = new Questions(connection);
    }

    /// Looks which of these queues have suspects, and forgets all others.
    void look(List<String> queues) throws IOException {
        present.keySet().retainAll(queues);
        nextLook.keySet().retainAll(queues);
        failed.keySet().retainAll(queues);
        long now = System.nanoTime();
        for (var queue : queues) {
            if (now - nextLook.getOrDefault(queue, now) >= 0) {
                look(queue, now);
            }
        }
    }

    private void look(String queue, long now) throws IOException {
        try {
            var suspects = Suspects.queueFor(queue);
            var messages = questions.ask(suspects, () -> Queues.messages(connection, suspects));
            boolean some = messages.orElse(0) > 0;
            present.put(queue, some);
            nextLook.put(queue, now + (some ? SOME_NANOS : messages.isPresent() ? EMPTY_NANOS : ABSENT_NANOS));
        } catch (IOException e) {
            if (!connection.isOpen()) {
                throw e;
            }
            // on a node that is away, or not ours to see: the suspects of other queues do not wait for it
            LOG.debug("suspects of queue '{}' cannot be counted", queue, e);
            nextLook.put(queue, now + EMPTY_NANOS);
        }
    }

    /// There is one now.
    void expect(String queue) {
        present.put(queue, true);
    }

    /// The next one to run; null when there is none, or one is running. For the one who has a slot for it.
    @Nullable
    Delivery next() {
        if (present.isEmpty() || isRunning() || System.nanoTime() - restsUntil < 0) {
            return null;
        }
        for (var entry : present.entrySet()) {
            if (entry.getValue() && mayFetch(entry.getKey())) {
                try {
                    var delivery = fetch(entry.getKey());
                    failed.remove(entry.getKey());
                    if (delivery != null) {
                        return delivery;
                    }
                } catch (IOException | ShutdownSignalException e) {
                    fail(entry.getKey(), e);
                }
                entry.setValue(false);
                nextLook.put(entry.getKey(), System.nanoTime() + SOME_NANOS);
            }
        }
        return null;
    }

    private boolean mayFetch(String queue) {
        var failure = failed.get(queue);
        return failure == null || System.nanoTime() - failure.until() >= 0;
    }

    /// An answer may still be on its way, so that the next fetch has a new connection.
    private void fail(String queue, Exception why) {
        var before = failed.get(queue);
        int number = before == null ? 1 : before.number() + 1;
        failed.put(
                queue,
                new Failure(number, System.nanoTime() + PAUSES.after(number).toNanos()));
        if (number == 1 && !stopped) {
            LOG.warn(
                    "suspects of queue '{}' cannot be fetched, which is tried again: {}",
                    queue,
                    QueueTroubles.said(why));
        }
        LOG.debug("suspects of queue '{}' cannot be fetched", queue, why);
        end();
    }

    /// For the acknowledgements that are still to be written.
    @Nullable
    Acknowledger acknowledger() {
        return acknowledger;
    }

    /// The session is over.
    void stop() {
        stopped = true;
        end();
    }

    private void end() {
        var acks = acknowledger;
        if (acks != null) {
            acks.stop();
        }
        var present = own;
        if (present != null) {
            BrokerConnections.abortAside(present);
        }
    }

    private boolean isRunning() {
        var now = running;
        return now != null && !now.isOver();
    }

    private @Nullable Delivery fetch(String queue) throws IOException {
        var acks = acks();
        while (true) {
            var got = acks.channel().basicGet(Suspects.queueFor(queue), false);
            if (got == null) {
                return null;
            }
            var ticket = new Ticket(got.getEnvelope().getDeliveryTag(), acks, this);
            acks.delivered(got.getEnvelope().getDeliveryTag(), 0);
            WireMessage message;
            try {
                message = AmqpMessages.fromAmqp(got.getProps(), got.getBody());
            } catch (OversizedException e) {
                ticket.settle(new Disposition.Leave("one cannot be read: " + e.getMessage()));
                return null;
            }
            boolean again = got.getEnvelope().isRedeliver();
            int deaths = Returns.count(message) + (again ? 1 : 0);
            if (known.test(runnable(queue, message, again, ticket))) {
                running = ticket;
                if (isRunning()) {
                    return null;
                }
            } else if (deaths > limit) {
                refuse(delivery(queue, Returns.counted(message, deaths), ticket), deaths);
            } else if (again) {
                again(delivery(queue, message, ticket), deaths);
            } else {
                running = ticket;
                return runnable(queue, message, deaths > 0, ticket);
            }
        }
    }

    private Delivery runnable(String queue, WireMessage message, boolean again, Ticket ticket) {
        var receipt = new SuspectReceipt(ticket, queue, message, sender, this::rest);
        return new Delivery(queue, message, again, clock.instant(), null, receipt);
    }

    private Acknowledger acks() throws IOException {
        var open = channel;
        var acks = acknowledger;
        if (open == null || acks == null || !open.isOpen()) {
            if (acks != null) {
                acks.stop();
            }
            open = Channels.open(own());
            Channels.onEnd(open, cause -> AckTimeout.in(cause).ifPresent(timedOut));
            channel = open;
            acks = new Acknowledger(open);
            acknowledger = acks;
        }
        return acks;
    }

    private Connection own() throws IOException {
        var there = own;
        if (there == null || !there.isOpen()) {
            there = opening.open();
            own = there;
            if (stopped) {
                end();
                throw new IOException("the session is over");
            }
        }
        return there;
    }

    private Delivery delivery(String queue, WireMessage message, Ticket ticket) {
        return ticket.of(new Delivery(queue, message, true, clock.instant(), null, ticket));
    }

    /// It was running when its worker died, once too often.
    private void refuse(Delivery delivery, int deaths) {
        refusing.accept(delivery, Returns.refusal(deaths));
    }

    /// It was running when its worker died; the new message says so.
    private void again(Delivery delivery, int deaths) {
        back(delivery, Returns.counted(delivery.message(), deaths));
    }

    private void back(Delivery delivery, WireMessage copy) {
        var _ = sender.send(Parcel.plain(Suspects.queueFor(delivery.queue()), copy), Patience.ENDLESS)
                .whenComplete((sent, failure) ->
                        delivery.receipt().settle(failure == null ? new Disposition.Ack() : new Disposition.Requeue()));
    }

    @Override
    public void hold(Delivery delivery, Disposition.Hold hold) {
        delivery.receipt().settle(new Disposition.Requeue()); // what is only moved or refused never waits
    }

    @Override
    public void leave(String reason, Runnable giveBack) {
        rest(reason);
        giveBack.run();
    }

    @Override
    public void giveBack(Delivery delivery) {
        back(delivery, delivery.message());
    }

    @Override
    public void settled(Disposition how) {
        if (how.isDone()) {
            progressed.run();
        }
    }

    private void rest(String reason) {
        LOG.warn("suspects rest for {} s: {}", TimeUnit.NANOSECONDS.toSeconds(REST_NANOS), reason);
        restsUntil = System.nanoTime() + REST_NANOS;
    }
}
