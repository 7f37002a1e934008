package dev.jtask.test.memory;

import dev.jtask.client.SignalPost;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.worker.run.Signals;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Signals, and the tasks that wait for them under the test's clock.
final class MemorySignals implements Signals, SignalPost {

    private final MemoryBroker broker;
    private final Agenda agenda;
    private final Map<String, WireMessage> values = new HashMap<>();
    private final Map<String, Waiting> waiting = new HashMap<>();

    /// A task whose time will be over.
    private record Waiting(String backTo, WireMessage message, Agenda.Entry end) {}

    MemorySignals(MemoryBroker broker, Agenda agenda) {
        this.broker = broker;
        this.agenda = agenda;
    }

    @Override
    public synchronized Answer look(SignalPlace at, String backTo) {
        var value = values.get(at.value());
        return value == null ? new Answer.Missing() : new Answer.There(value);
    }

    @Override
    public synchronized void discard(SignalPlace at, Predicate<WireMessage> condition) {
        values.computeIfPresent(at.value(), (name, value) -> condition.test(value) ? null : value);
    }

    @Override
    public synchronized CompletableFuture<?> park(SignalPlace at, String backTo, WireMessage message) {
        var expiration = message.properties().expiration();
        var wait = Duration.ofMillis(expiration == null ? 0 : Long.parseLong(expiration));
        waiting.put(at.task(), new Waiting(backTo, message, agenda.in(wait, () -> wake(at))));
        if (values.containsKey(at.value())) {
            wake(at);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized boolean give(SignalPlace at, WireMessage value) {
        boolean first = values.putIfAbsent(at.value(), value) == null;
        wake(at);
        return first;
    }

    @Override
    public synchronized void forget(SignalPlace at, @Nullable String value) {
        var there = values.get(at.value());
        if (there != null
                && value != null
                && value.equals(there.properties().others().messageId())) {
            values.remove(at.value());
        }
    }

    private synchronized void wake(SignalPlace at) {
        @Nullable Waiting woken = waiting.remove(at.task());
        if (woken != null) {
            agenda.cancel(woken.end());
            var message = woken.message();
            broker.put(woken.backTo(), new WireMessage(message.properties().withExpiration(null), message.body()));
        }
    }
}
