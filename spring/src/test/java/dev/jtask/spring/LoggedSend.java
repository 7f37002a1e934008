package dev.jtask.spring;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A send of a client that says what becomes of it.
final class LoggedSend implements AfterCommit.Send {

    private final String name;
    private final List<String> log;
    private boolean fails;
    private Duration delay = Duration.ZERO;

    /// @param name its queue's
    LoggedSend(String name, List<String> log) {
        this.name = name;
        this.log = log;
    }

    /// Of its two messages the second cannot be written.
    LoggedSend andThenFails() {
        fails = true;
        return this;
    }

    /// It is to be there after the time.
    LoggedSend after(Duration time) {
        delay = time;
        return this;
    }

    @Override
    public CompletableFuture<?> send() {
        log.add("sent " + name);
        return CompletableFuture.completedFuture(name);
    }

    @Override
    public CompletableFuture<?> send(Outgoing way) {
        var message = new WireMessage(WireProperties.json(2, Map.of()), new byte[] {1});
        var parcel = Parcel.tasks(Route.toQueue(name), message);
        var patience = Patience.none(Duration.ofSeconds(1));
        var sent = (delay.isZero() ? way.send(parcel, patience) : way.sendAfter(delay, parcel, patience))
                .whenComplete((done, failure) -> log.add((failure == null ? "done " : "failed ") + name));
        return fails ? CompletableFuture.failedFuture(new IllegalStateException("AMQP cannot carry it")) : sent;
    }

    @Override
    public void drop() {
        log.add("dropped " + name);
    }
}
