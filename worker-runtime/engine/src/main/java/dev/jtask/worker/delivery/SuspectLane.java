package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.OversizedException;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.broker.Questions;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Receipt;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
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

    /// So many are refused or moved in one turn: whoever has the slot shows in between that it is alive.
    private static final int MOST_IN_TURN = 100;

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
    private final Moves moves;
    private final Map<String, SuspectQueue> queues = new ConcurrentHashMap<>();
    /// Each of a queue's own channel: what ends it takes back no suspects of others, which would be blamed for that.
    private final Map<String, Acknowledger> acknowledgers = new ConcurrentHashMap<>();
    private volatile @Nullable Connection own;
    private volatile boolean stopped;
    private volatile @Nullable SuspectReceipt running;
    private long turns;

    /// @param connection over which it looks; it fetches over one of its own, as the broker may end that which fetches
    /// @param limit deaths after which a message is refused
    /// @param refusing ends a delivery that is not run any more
    /// @param known takes over what need not run, since it does already
    /// @param timedOut hears what the broker allows when one was not acknowledged in time
    /// @param progressed called for each that is done with
    /// @param moves which the end of the session waits for
    SuspectLane(
            Connection connection,
            Opening opening,
            Outgoing sender,
            int limit,
            BiConsumer<Delivery, Outcome.Refused> refusing,
            Predicate<Delivery> known,
            Consumer<Duration> timedOut,
            Runnable progressed,
            Moves moves,
            Clock clock) {
        this.connection = connection;
        this.opening = opening;
        this.sender = sender;
        this.limit = limit;
        this.refusing = refusing;
        this.known = known;
        this.timedOut = timedOut;
        this.progressed = progressed;
        this.moves = moves;
        this.clock = clock;
        this.questions = new Questions(connection);
    }

    /// Looks which of these queues have suspects, and forgets all others.
    void look(List<String> consumed) throws IOException {
        for (var of : List.copyOf(queues.values())) {
            if (!consumed.contains(of.queue())) {
                of.giveBackKept(since -> true);
                queues.remove(of.queue());
            }
        }
        for (var queue : consumed) {
            if (Suspects.mayExist(queue)) {
                var of = of(queue);
                if (of.isToBeLookedAt()) {
                    look(of);
                }
            }
        }
    }

    private void look(SuspectQueue of) throws IOException {
        try {
            var messages = questions.ask(of.name(), () -> Queues.messages(connection, of.name()));
            of.seen(messages.orElse(0) > 0, messages.isPresent());
        } catch (IOException e) {
            if (!connection.isOpen()) {
                throw e;
            }
            // on a node that is away, or not ours to see: the suspects of other queues do not wait for it
            LOG.debug("'{}' cannot be counted", of.name(), e);
            of.unseen();
        }
    }

    /// There is one now.
    void expect(String queue) {
        of(queue).expect();
    }

    private SuspectQueue of(String queue) {
        return queues.computeIfAbsent(queue, SuspectQueue::new);
    }

    /// Why the suspects of a queue are not run for a while; null when those of all are.
    @Nullable
    String trouble() {
        return queues.values().stream()
                .map(SuspectQueue::restReason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// Returns what is too large, and is here for so long that the broker would take it back.
    void returnKept(Predicate<Instant> isOver) {
        queues.values().forEach(of -> of.giveBackKept(isOver));
    }

    /// The next one to run; null when there is none, or one is running. For the one who has a slot for it.
    @Nullable
    Delivery next() {
        for (var of : inTurn()) {
            if (isRunning()) {
                return null;
            }
            of.served(++turns);
            try {
                var delivery = fetch(of);
                of.fetched();
                if (delivery != null) {
                    return delivery;
                }
            } catch (IOException | ShutdownSignalException e) {
                fail(of, e);
            }
        }
        return null;
    }

    /// Those that have some, the one first that waits longest: one queue may have suspects without an end.
    private List<SuspectQueue> inTurn() {
        for (var of : queues.values()) {
            if (of.isReady()) {
                return queues.values().stream()
                        .filter(SuspectQueue::isReady)
                        .sorted(Comparator.comparingLong(SuspectQueue::served))
                        .toList();
            }
        }
        return List.of();
    }

    /// Where the broker has not ended the channel, an answer may still be on its way: the next fetch has a new
    /// connection.
    private void fail(SuspectQueue of, Exception why) {
        if (of.failed() == 1 && !stopped) {
            LOG.warn("'{}' cannot be fetched from, which is tried again: {}", of.name(), QueueTroubles.said(why));
        }
        LOG.debug("'{}' cannot be fetched from", of.name(), why);
        var acks = acknowledgers.get(of.name());
        if (acks == null || !acks.isClosed() || Channels.isSilent(why)) {
            end();
        }
    }

    /// For the acknowledgements that are still to be written.
    List<Acknowledger> acknowledgers() {
        return List.copyOf(acknowledgers.values());
    }

    /// The session is over.
    void stop() {
        stopped = true;
        end();
    }

    private void end() {
        var present = own;
        // it ends in its time, and what were fetched meanwhile would come back as one that had run
        own = null;
        acknowledgers.values().forEach(Acknowledger::stop);
        acknowledgers.clear();
        if (present != null) {
            BrokerConnections.abortAside(present);
        }
    }

    private boolean isRunning() {
        var now = running;
        return now != null && now.isRunning();
    }

    private @Nullable Delivery fetch(SuspectQueue of) throws IOException {
        var acks = acks(of);
        for (int i = 0; i < MOST_IN_TURN && of.takesMore(); i++) {
            var got = acks.channel().basicGet(of.name(), false);
            if (got == null) {
                of.emptied();
                return null;
            }
            long tag = got.getEnvelope().getDeliveryTag();
            acks.delivered(tag, 0);
            WireMessage message;
            try {
                message = AmqpMessages.fromAmqp(got.getProps(), got.getBody());
            } catch (OversizedException e) {
                of.keep(tag, acks, clock.instant(), e);
                continue;
            }
            var ticket = new Ticket(tag, acks, this);
            of.opened(ticket);
            var delivery = toRun(of, message, got.getEnvelope().isRedeliver(), ticket);
            if (delivery != null || isRunning()) {
                return delivery;
            }
        }
        return null;
    }

    /// Null where it need not run, or must not.
    private @Nullable Delivery toRun(SuspectQueue of, WireMessage message, boolean again, Ticket ticket) {
        int deaths = Returns.count(message) + (again ? 1 : 0);
        var receipt = receipt(of, message, ticket);
        if (known.test(delivery(of, message, again, receipt))) {
            running = receipt;
        } else if (deaths > limit) {
            refuse(of, message, deaths, ticket);
        } else if (again) {
            again(of, message, deaths, ticket);
        } else {
            running = receipt;
            return delivery(of, message, deaths > 0, receipt);
        }
        return null;
    }

    private SuspectReceipt receipt(SuspectQueue of, WireMessage message, Ticket ticket) {
        return new SuspectReceipt(ticket, of.queue(), home(of, message), message, sender, moves, of::rest);
    }

    /// One that was blamed too often would begin anew in its queue, and come here and go there for ever.
    private String home(SuspectQueue of, WireMessage message) {
        return Returns.count(message) < Math.min(Suspects.AFTER, limit) ? of.queue() : of.name();
    }

    private Delivery delivery(SuspectQueue of, WireMessage message, boolean again, Receipt receipt) {
        return new Delivery(of.queue(), home(of, message), message, again, clock.instant(), null, receipt);
    }

    private Acknowledger acks(SuspectQueue of) throws IOException {
        var acks = acknowledgers.get(of.name());
        if (acks == null || acks.isClosed()) {
            if (acks != null) {
                acks.stop();
            }
            var channel = Channels.open(own());
            Channels.onEnd(channel, cause -> AckTimeout.in(cause).ifPresent(timedOut));
            acks = new Acknowledger(channel);
            acknowledgers.put(of.name(), acks);
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

    /// It was running when its worker died, once too often.
    private void refuse(SuspectQueue of, WireMessage message, int deaths, Ticket ticket) {
        var counted = Returns.counted(message, deaths);
        refusing.accept(delivery(of, counted, true, receipt(of, counted, ticket)), Returns.refusal(deaths));
    }

    /// It was running when its worker died; the new message says so. Where there can be none that does, this was its
    /// last death.
    private void again(SuspectQueue of, WireMessage message, int deaths, Ticket ticket) {
        moves.begin(sender.send(Parcel.plain(of.name(), Returns.counted(message, deaths)), Patience.ENDLESS)
                .handle((sent, failure) -> {
                    if (failure == null) {
                        ticket.settle(new Disposition.Ack());
                    } else if (Continuations.cause(failure) instanceof PublishRefusedException) {
                        refuse(of, message, deaths, ticket);
                    } else {
                        of.rest("a suspect of queue '%s' cannot be put back: %s"
                                .formatted(
                                        of.queue(), Continuations.cause(failure).getMessage()));
                        ticket.settle(new Disposition.Requeue());
                    }
                    return true;
                }));
    }

    @Override
    public void hold(Delivery delivery, Disposition.Hold hold) {
        throw new IllegalStateException("the receipt of a suspect sees to it");
    }

    @Override
    public void leave(String reason, Runnable giveBack) {
        throw new IllegalStateException("the receipt of a suspect sees to it");
    }

    @Override
    public void giveBack(Delivery delivery) {
        throw new IllegalStateException("the receipt of a suspect sees to it");
    }

    @Override
    public void settled(Disposition how) {
        if (how.isDone()) {
            progressed.run();
        }
    }
}
