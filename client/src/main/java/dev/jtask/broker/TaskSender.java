package dev.jtask.broker;

import dev.jtask.broker.tracing.SendSpan;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.MessageSeal;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Sends task messages: encodes them, with a trace for each, and lets those wait in the broker that are not due yet.
/// Never blocks and never throws: what is wrong with one message is that one's future, and holds up no other of many.
/// Futures complete as [Outgoing#send]'s do.
public final class TaskSender {

    /// What becomes of a message that is not to run yet.
    public enum Waiting {
        /// It goes to its queue, and who takes it from there lets it wait.
        AT_THE_WORKER,
        /// It waits in the broker, where that is allowed.
        IN_THE_BROKER
    }

    private final Outgoing sender;
    private final Waiting waiting;
    private final MessageSeal seal;
    private final TaskTracing tracing;
    private final Clock clock;

    /// Of messages that nothing protects.
    public TaskSender(Outgoing sender, Waiting waiting, Clock clock) {
        this(sender, waiting, MessageSeal.NONE, Tracing.openTelemetry(), clock);
    }

    public TaskSender(Outgoing sender, Waiting waiting, MessageSeal seal, TaskTracing tracing, Clock clock) {
        this.sender = sender;
        this.waiting = waiting;
        this.seal = seal;
        this.tracing = tracing;
        this.clock = clock;
    }

    /// The same by another way out.
    public TaskSender by(Outgoing way) {
        return new TaskSender(way, waiting, seal, tracing, clock);
    }

    /// A message to a queue, which is declared when it is missing, or to an exchange.
    public CompletableFuture<@Nullable Void> send(Routed task, Patience patience) {
        try {
            return SendSpan.around(tracing, task, traced -> publish(traced, patience));
        } catch (Throwable e) { // the boundary of one message: no memory for this one, or a way out that throws
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<@Nullable Void> publish(Routed traced, Patience patience) {
        var now = clock.instant();
        WireMessage message;
        try {
            message = seal.close(TaskCodec.encode(traced.message(), now));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(
                    new PublishRefusedException(traced.route().name(), e.getMessage(), e));
        }
        var parcel = Parcel.tasks(traced.route(), message);
        var eta = traced.message().eta();
        var delay = eta == null ? Duration.ZERO : Duration.between(now, eta);
        // who gets it from an exchange knows its queue, and lets it wait there
        return waiting == Waiting.AT_THE_WORKER || !traced.route().isQueue() || delay.toSeconds() < 1
                ? sender.send(parcel, patience)
                : sender.sendAfter(delay, parcel, patience);
    }
}
