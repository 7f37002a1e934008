package dev.jtask.worker.delivery;

import dev.jtask.broker.Continuations;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.PublishNotConfirmedException;
import dev.jtask.protocol.topology.Suspects;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out of a worker whose own queue may be full: a message that waited for room there would wait for this very
/// worker, which takes nothing more while it holds as many of those as it may. So the message goes among the
/// suspects of the queue, which have no limit: blamed for nothing there, and run by itself.
public final class Aside implements Outgoing {

    private static final Logger LOG = LoggerFactory.getLogger(Aside.class);
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final Outgoing sender;
    private final Predicate<String> own;
    private final Consumer<String> put;

    /// @param own whether this worker consumes the queue
    /// @param put called with the queue beside which one message more is
    public Aside(Outgoing sender, Predicate<String> own, Consumer<String> put) {
        this.sender = sender;
        this.own = own;
        this.put = put;
    }

    @Override
    public CompletableFuture<@Nullable Void> send(Parcel parcel, Patience patience) {
        var queue = parcel.route().routingKey();
        if (!parcel.route().isQueue() || !patience.equals(Patience.ENDLESS) || !own.test(queue)) {
            return sender.send(parcel, patience);
        }
        return sender.send(parcel, Patience.COPY).exceptionallyCompose(failure -> {
            var cause = Continuations.cause(failure);
            return isNacked(cause) && Suspects.mayExist(queue)
                    ? beside(queue, parcel, cause)
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private CompletableFuture<@Nullable Void> beside(String queue, Parcel parcel, Throwable full) {
        return sender.send(Parcel.plain(Suspects.queueFor(queue), parcel.message()), Patience.COPY)
                .<@Nullable Void>thenApply(done -> {
                    put.accept(queue);
                    return null;
                })
                .exceptionallyCompose(failure -> {
                    LOG.debug("nothing can wait beside queue '{}', which is full", queue, failure);
                    return elsewhere(queue, parcel, full);
                });
    }

    /// What the broker has already can stay where it is; a new task is nowhere else, and may wait there for room.
    private CompletableFuture<@Nullable Void> elsewhere(String queue, Parcel parcel, Throwable full) {
        return parcel.upkeep() == Parcel.Upkeep.TASKS
                ? late(queue, parcel).exceptionallyCompose(refused -> sender.send(parcel, Patience.ENDLESS))
                : CompletableFuture.failedFuture(full);
    }

    private CompletableFuture<@Nullable Void> late(String queue, Parcel parcel) {
        try {
            return sender.send(Parcel.delayed(queue, parcel.message(), DELAY), Patience.COPY);
        } catch (IllegalArgumentException e) { // a name that no delay can have
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Whether a queue took no messages, which are all with whoever sent them.
    static boolean isNacked(Throwable failure) {
        return Continuations.cause(failure) instanceof PublishNotConfirmedException known && known.isNacked();
    }
}
