package dev.jtask.worker.delivery;

import dev.jtask.broker.Continuations;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a message that a worker had before: it is put into its queue again as a new one with the number of
/// its returns, or, after several, among the queue's suspects.
///
/// The broker's mark says only that somebody had the message, not that it was run: it may have waited beside one that
/// ended the worker. Hence nothing is refused for it here. A copy begins anew with the broker, whose own limit it
/// never reaches. Done at arrival, without a slot.
final class Returns {

    private static final Logger LOG = LoggerFactory.getLogger(Returns.class);

    private static final String DELIVERIES = "x-delivery-count";

    private final Outgoing sender;
    private final int after;
    private final int limit;
    private final Runnable counted;
    private final Consumer<String> suspected;
    private final BiConsumer<Delivery, Outcome.Refused> refusing;
    private final Consumer<Delivery> anyway;
    private final Moves moves;

    /// @param limit deaths after which a message is refused: it is a suspect before that
    /// @param counted called for each return
    /// @param suspected called with the queue that has one suspect more
    /// @param refusing ends a delivery that came back too often, where no suspects may be kept
    /// @param anyway takes what cannot be put anywhere else: it is run where it is
    /// @param moves which the end of the session waits for
    Returns(
            Outgoing sender,
            int limit,
            Runnable counted,
            Consumer<String> suspected,
            BiConsumer<Delivery, Outcome.Refused> refusing,
            Consumer<Delivery> anyway,
            Moves moves) {
        this.sender = sender;
        this.limit = limit;
        this.after = Math.min(Suspects.AFTER, limit);
        this.refusing = refusing;
        this.counted = counted;
        this.suspected = suspected;
        this.moves = moves;
        this.anyway = anyway;
    }

    /// Gives back what was not started, for the broker's mark would look like a death of whoever had it. The copy is
    /// not counted; the future ends when the message is back, one way or the other.
    ///
    /// @param delivery which no worker has begun
    CompletableFuture<?> giveBack(Delivery delivery) {
        if (delivery.receipt().isLost()) {
            return CompletableFuture.completedFuture(null); // the broker has it again already
        }
        var copy = counted(delivery.message(), count(delivery.message()));
        return sender.send(Parcel.reply(delivery.queue(), copy), Patience.ENDLESS)
                .handle((sent, failure) -> {
                    delivery.receipt().settle(failure == null ? new Disposition.Ack() : new Disposition.Requeue());
                    return null;
                });
    }

    /// @param delivery a redelivered one; the message is in its new place, or was handed on, when this is over
    void take(Delivery delivery) {
        counted.run();
        int returns = Math.min(count(delivery.message()), after - 1) + 1;
        if (returns >= after) {
            toSuspects(delivery, counted(delivery.message(), returns), () -> takeWithoutSuspects(delivery));
        } else {
            var copy = Parcel.reply(delivery.queue(), counted(delivery.message(), returns));
            // one that is too large with its number may go as it is
            move(delivery, copy, Patience.ENDLESS, () -> toSuspects(delivery, same(delivery), () -> anyway(delivery)));
        }
    }

    private void toSuspects(Delivery delivery, WireMessage copy, Runnable otherwise) {
        if (!Suspects.mayExist(delivery.queue())) {
            otherwise.run();
            return;
        }
        var parcel = Parcel.plain(Suspects.queueFor(delivery.queue()), copy);
        move(delivery, parcel, Patience.COPY, otherwise);
    }

    /// Settles the delivery when its copy is there.
    ///
    /// @param otherwise what is done where the broker does not take it
    private void move(Delivery delivery, Parcel copy, Patience patience, Runnable otherwise) {
        moves.begin(sender.send(copy, patience).handle((sent, failure) -> {
            if (failure == null) {
                if (!copy.queue().equals(delivery.queue())) {
                    suspected.accept(delivery.queue());
                }
                delivery.receipt().settle(new Disposition.Ack());
            } else if (isNotTaken(failure)) {
                LOG.debug("'{}' does not take a message of '{}'", copy.queue(), delivery.queue(), failure);
                otherwise.run();
            } else {
                delivery.receipt().settle(new Disposition.Requeue());
            }
            return true;
        }));
    }

    /// Counted on in its own queue, where it may have been only near a crash: better than one that ends every worker.
    private void takeWithoutSuspects(Delivery delivery) {
        int deaths = count(delivery.message()) + 1;
        if (deaths > limit) {
            refusing.accept(delivery, refusal(deaths));
        } else {
            var copy = Parcel.reply(delivery.queue(), counted(delivery.message(), deaths));
            move(delivery, copy, Patience.ENDLESS, () -> toSuspects(delivery, same(delivery), () -> anyway(delivery)));
        }
    }

    /// Where nothing of ours can be counted, a quorum queue may have counted by itself.
    private void anyway(Delivery delivery) {
        int deliveries = number(delivery.message(), DELIVERIES);
        if (deliveries > limit) {
            refusing.accept(delivery, refusal(deliveries));
        } else {
            anyway.accept(delivery);
        }
    }

    /// With no number that it does not have already.
    private WireMessage same(Delivery delivery) {
        return counted(delivery.message(), Math.min(count(delivery.message()), after - 1));
    }

    /// What becomes of a message that was running when its workers died, once too often.
    static Outcome.Refused refusal(int deaths) {
        var reason = "delivered %d times without coming to an end".formatted(deaths + 1);
        return new Outcome.Refused(
                reason, Outcome.Refused.unfit("Reject", reason).error(), Outcome.Refused.Kind.UNFIT, deaths + 1);
    }

    /// How often the message says that it came again; any number, since anybody can write it.
    static int count(WireMessage message) {
        return number(message, JtaskHeaders.REDELIVERIES);
    }

    private static int number(WireMessage message, String header) {
        return message.properties().headers().get(header) instanceof Number number
                ? Math.clamp(number.longValue(), 0, 1_000_000)
                : 0;
    }

    /// The message with the number of its returns.
    static WireMessage counted(WireMessage message, int returns) {
        var properties = message.properties();
        Map<String, @Nullable Object> headers = new LinkedHashMap<>(properties.headers());
        headers.remove("x-death");
        headers.remove(DELIVERIES);
        headers.remove(JtaskHeaders.REDELIVERIES);
        if (returns > 0) {
            headers.put(JtaskHeaders.REDELIVERIES, returns);
        }
        return new WireMessage(
                properties.withHeaders(headers).withOthers(properties.others().withoutUser()), message.body());
    }

    /// The broker does not let us put it there, or what is there is full, which is not waited for: that would stop
    /// those behind it.
    private static boolean isNotTaken(Throwable failure) {
        return Continuations.cause(failure) instanceof PublishRefusedException || Aside.isNacked(failure);
    }
}
