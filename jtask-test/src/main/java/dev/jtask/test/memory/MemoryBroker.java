package dev.jtask.test.memory;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.OversizedException;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.UnroutableException;
import dev.jtask.client.Letters;
import dev.jtask.client.result.Inbox;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.DelayTopology;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Queues, bindings and delays as jtask uses a broker's, in this process. Confirms at once. Safe for any thread.
final class MemoryBroker implements Outgoing, Inbox, Letters {

    private final Agenda agenda;
    private final Map<String, Deque<Message>> queues = new LinkedHashMap<>();
    private final Map<String, Consumer<WireMessage>> inboxes = new LinkedHashMap<>();
    private final Map<Route, List<String>> bindings = new LinkedHashMap<>();

    /// One that lies in a queue.
    ///
    /// @param redelivered whether a worker had it before
    /// @param turn when its rate limit lets it start; null before it was asked
    record Message(
            WireMessage wire, boolean redelivered, @Nullable Instant turn) {}

    /// One that was taken from its queue.
    record Taken(String queue, Message message) {}

    MemoryBroker(Agenda agenda) {
        this.agenda = agenda;
    }

    @Override
    public CompletableFuture<@Nullable Void> send(Parcel parcel, Patience patience) {
        var route = parcel.route();
        if (parcel.upkeep() == Parcel.Upkeep.DELAYED) {
            var queue = DelayTopology.queue(route.routingKey());
            agenda.in(DelayTopology.delay(route.routingKey()), () -> put(queue, parcel.message()));
            return CompletableFuture.completedFuture(null);
        }
        if (!route.isQueue()) {
            return publish(route, parcel.message());
        }
        var inbox = inbox(route.routingKey());
        if (inbox.isPresent()) {
            inbox.get().accept(parcel.message());
        } else if (parcel.upkeep() == Parcel.Upkeep.NONE && !exists(route.routingKey())) {
            return CompletableFuture.failedFuture(new UnroutableException(route, "NO_ROUTE"));
        } else {
            put(route.routingKey(), parcel.message());
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void listen(String queue, Consumer<WireMessage> receiver, Consumer<OversizedException> unread) {
        inboxes.put(queue, receiver);
    }

    @Override
    public Look at(String queue) throws IOException {
        if (!exists(queue)) {
            throw new IOException("is it declared? (NOT_FOUND - no queue '%s')".formatted(queue));
        }
        return new MemoryLook(copy(queue), message -> remove(queue, message));
    }

    /// As an operator of the broker would.
    synchronized void bind(String exchange, String routingKey, String queue) {
        queues.computeIfAbsent(queue, name -> new ArrayDeque<>());
        bindings.computeIfAbsent(new Route(exchange, routingKey), route -> new ArrayList<>())
                .add(queue);
    }

    /// The oldest message of the first of these queues that has one.
    synchronized Optional<Taken> take(Collection<String> from) {
        for (var queue : from) {
            var messages = queues.get(queue);
            var first = messages == null ? null : messages.pollFirst();
            if (first != null) {
                return Optional.of(new Taken(queue, first));
            }
        }
        return Optional.empty();
    }

    /// Comes again, before all others.
    synchronized void giveBack(Taken taken) {
        var message = taken.message();
        queue(taken.queue()).addFirst(new Message(message.wire(), true, message.turn()));
    }

    /// Comes to its slot again after the time.
    void hold(Taken taken, Duration delay, @Nullable Instant turn) {
        var message = taken.message();
        agenda.in(delay, () -> add(taken.queue(), new Message(message.wire(), message.redelivered(), turn)));
    }

    /// How many messages lie in each queue that has some.
    synchronized Map<String, Integer> lying() {
        var lying = new LinkedHashMap<String, Integer>();
        queues.forEach((queue, messages) -> {
            if (!messages.isEmpty()) {
                lying.put(queue, messages.size());
            }
        });
        return lying;
    }

    private CompletableFuture<@Nullable Void> publish(Route route, WireMessage message) {
        var to = bound(route);
        if (to.isEmpty()) {
            return CompletableFuture.failedFuture(new UnroutableException(
                    route,
                    "NO_ROUTE; in a test, bind(\"%s\", \"%s\", queue)"
                            .formatted(route.exchange(), route.routingKey())));
        }
        to.forEach(queue -> put(queue, message));
        return CompletableFuture.completedFuture(null);
    }

    /// Into a queue, whatever it is.
    void put(String queue, WireMessage wire) {
        add(queue, new Message(wire, false, null));
    }

    private synchronized void add(String queue, Message message) {
        queue(queue).addLast(message);
    }

    private synchronized List<Message> copy(String queue) {
        return List.copyOf(queue(queue));
    }

    private synchronized void remove(String queue, Message message) {
        queue(queue).remove(message);
    }

    private synchronized boolean exists(String queue) {
        return queues.containsKey(queue);
    }

    private synchronized Optional<Consumer<WireMessage>> inbox(String queue) {
        return Optional.ofNullable(inboxes.get(queue));
    }

    private synchronized List<String> bound(Route route) {
        return List.copyOf(bindings.getOrDefault(route, List.of()));
    }

    private Deque<Message> queue(String name) {
        return queues.computeIfAbsent(name, unknown -> new ArrayDeque<>());
    }
}
