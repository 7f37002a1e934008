package dev.jtask.worker.delivery;

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

    private final Outgoing sender;
    private final int after;
    private final int limit;
    private final Runnable counted;
    private final Consumer<String> suspected;
    private final BiConsumer<Delivery, Outcome.Refused> refusing;
    private final Consumer<Delivery> anyway;

    /// @param limit deaths after which a message is refused: it is a suspect before that
    /// @param counted called for each return
    /// @param suspected called with the queue that has one suspect more
    /// @param refusing ends a delivery that came back too often, where no suspects may be kept
    /// @param anyway takes what cannot be put anywhere else: it is run where it is
    Returns(
            Outgoing sender,
            int limit,
            Runnable counted,
            Consumer<String> suspected,
            BiConsumer<Delivery, Outcome.Refused> refusing,
            Consumer<Delivery> anyway) {
        this.sender = sender;
        this.limit = limit;
        this.after = Math.min(Suspects.AFTER, limit);
        this.refusing = refusing;
        this.counted = counted;
        this.suspected = suspected;
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
        boolean suspect = returns >= after;
        var copy = counted(delivery.message(), returns);
        var parcel = suspect
                ? Parcel.plain(Suspects.queueFor(delivery.queue()), copy)
                : Parcel.reply(delivery.queue(), copy);
        var _ = sender.send(parcel, suspect ? Patience.COPY : Patience.ENDLESS).whenComplete((sent, failure) -> {
            if (failure == null) {
                if (suspect) {
                    suspected.accept(delivery.queue());
                }
                delivery.receipt().settle(new Disposition.Ack());
            } else if (isNotTaken(failure)) {
                LOG.debug("a message of queue '{}' that came again can be put nowhere", delivery.queue(), failure);
                takeWithoutSuspects(delivery, suspect);
            } else {
                delivery.receipt().settle(new Disposition.Requeue());
            }
        });
    }

    /// Counted on in its own queue, where it may have been only near a crash: better than one that ends every worker.
    private void takeWithoutSuspects(Delivery delivery, boolean suspect) {
        int deaths = count(delivery.message()) + 1;
        if (deaths > limit) {
            refusing.accept(delivery, refusal(deaths));
        } else if (suspect) {
            var copy = Parcel.reply(delivery.queue(), counted(delivery.message(), deaths));
            var _ = sender.send(copy, Patience.ENDLESS).whenComplete((sent, failure) -> {
                if (failure != null && isNotTaken(failure)) {
                    anyway.accept(delivery);
                } else {
                    delivery.receipt().settle(failure == null ? new Disposition.Ack() : new Disposition.Requeue());
                }
            });
        } else {
            anyway.accept(delivery); // its own queue has not taken it already
        }
    }

    /// What becomes of a message that was running when its workers died, once too often.
    static Outcome.Refused refusal(int deaths) {
        var reason = "delivered %d times without coming to an end".formatted(deaths + 1);
        return new Outcome.Refused(
                reason, Outcome.Refused.unfit("Reject", reason).error(), Outcome.Refused.Kind.UNFIT, deaths + 1);
    }

    /// How often the message says that it came again; any number, since anybody can write it.
    static int count(WireMessage message) {
        return message.properties().headers().get(JtaskHeaders.REDELIVERIES) instanceof Number number
                ? Math.clamp(number.longValue(), 0, 1_000_000)
                : 0;
    }

    /// The message with the number of its returns.
    static WireMessage counted(WireMessage message, int returns) {
        var properties = message.properties();
        Map<String, @Nullable Object> headers = new LinkedHashMap<>(properties.headers());
        headers.remove("x-death");
        headers.remove("x-delivery-count");
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
        return Aside.cause(failure) instanceof PublishRefusedException || Aside.isNacked(failure);
    }
}
