package dev.jtask.worker.settle;

import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.TaskSender;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.DeadLetters;
import dev.jtask.protocol.topology.FailedTasks;
import dev.jtask.seal.MessageSeal;
import dev.jtask.seal.Seal;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.SignalWaits;
import dev.jtask.worker.run.Signals;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Carries single effects out, each with the patience that it deserves. Nothing here blocks: what is returned completes
/// on a thread that nobody may hold up.
final class Carrier {

    private final Outgoing sender;
    private final TaskSender tasks;
    private final ResultBackend results;
    private final ChordCounter chords;
    private final SealedChords parts;
    private final MessageSeal seal;
    private final Signals signals;

    /// @param seal of the parts of chords, and of messages that say what their task waits for
    Carrier(Outgoing sender, TaskSender tasks, ResultBackend results, ChordCounter chords, Seal seal, Signals signals) {
        this.sender = sender;
        this.tasks = tasks;
        this.results = results;
        this.chords = chords;
        this.parts = new SealedChords(chords, seal.values());
        this.seal = seal.messages();
        this.signals = signals;
    }

    CompletableFuture<?> tell(Effect.Tell tell) {
        try {
            return results.store(tell.to(), tell.result());
        } catch (RuntimeException e) { // a value that is no JSON after all, such as one nested too deeply
            return CompletableFuture.failedFuture(e);
        }
    }

    CompletableFuture<?> send(Effect.Send send) {
        if (send.tasks().size() == 1) {
            return tasks.send(send.tasks().getFirst(), Patience.ENDLESS);
        }
        return SentInTurn.of(tasks, sender, send.tasks());
    }

    CompletableFuture<?> resend(Delivery delivery, Effect.Resend resend) {
        var headers = headers(delivery);
        if (resend.putOff() > 0) {
            headers.put(JtaskHeaders.PUT_OFF, resend.putOff());
        }
        var copy = waiting(delivery, headers, resend.waits());
        var parcel = resend.delay().toSeconds() < 1
                ? delivery.back(copy)
                : Parcel.delayed(delivery.home(), copy, resend.delay());
        return sender.send(parcel, Patience.ENDLESS);
    }

    /// A wait is no return, and the task comes as a new one to its limits.
    CompletableFuture<?> park(Delivery delivery, Effect.Park park) {
        var headers = headers(delivery);
        headers.remove(JtaskHeaders.REDELIVERIES);
        headers.remove(JtaskHeaders.PUT_OFF);
        var copy = waiting(delivery, headers, park.waits());
        var expiration = Long.toString(Math.max(1, park.delay().toMillis()));
        return signals.park(
                        park.at(),
                        delivery.queue(),
                        new WireMessage(copy.properties().withExpiration(expiration), copy.body()))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof UncheckedIOException
                                ? new StoreUnavailableException(String.valueOf(failure.getMessage()), failure)
                                : failure));
    }

    CompletableFuture<?> begin(Effect.Begin begin) {
        return chords.begin(begin.chord());
    }

    CompletableFuture<Optional<Joined>> count(Effect.Count count) {
        return parts.add(count);
    }

    CompletableFuture<?> forget(Effect.Forget forget) {
        return chords.end(forget.group());
    }

    CompletableFuture<?> keep(Delivery delivery, WireMessage letter) {
        return sender.send(Parcel.plain(FailedTasks.queueFor(delivery.queue()), letter), Patience.COPY);
    }

    CompletableFuture<?> letter(Delivery delivery, WireMessage letter) {
        return sender.send(Parcel.plain(DeadLetters.queueFor(delivery.queue()), letter), Patience.COPY);
    }

    private static Map<String, @Nullable Object> headers(Delivery delivery) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(delivery.message().properties().headers());
        headers.keySet().removeIf(header -> header.equals("x-death") || header.equals("x-delivery-count"));
        return headers;
    }

    /// What the task waits for, and until when, is what its next run goes by: it is signed anew.
    private WireMessage waiting(Delivery delivery, Map<String, @Nullable Object> headers, SignalWaits waits) {
        if (waits.ends().isEmpty()) {
            return copy(delivery, headers);
        }
        headers.put(JtaskHeaders.SIGNALS, waits.ends());
        return seal.renew(delivery.message(), copy(delivery, headers));
    }

    private static WireMessage copy(Delivery delivery, Map<String, @Nullable Object> headers) {
        var properties = delivery.message().properties();
        return new WireMessage(
                properties.withHeaders(headers).withOthers(properties.others().withoutUser()),
                delivery.message().body());
    }
}
