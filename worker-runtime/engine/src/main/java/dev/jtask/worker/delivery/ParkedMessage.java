package dev.jtask.worker.delivery;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.topology.Parked;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.worker.run.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One message on its way into its place, while it is there, and out of it. What is parked says already that
/// its task was running when its worker died: it goes back by itself only then.
///
/// Steps are taken by one thread; whoever settles it only says how.
final class ParkedMessage implements ParkedReceipt.Spot {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedMessage.class);
    private static final Pauses PAUSES = new Pauses(Duration.ofMillis(200), Duration.ofSeconds(10));

    private enum Stage {
        ARRIVING,
        PARKED,
        LEAVING,
        GONE
    }

    private final RunReceipt run;
    private final Receipt from;
    private final String queue;
    private final WireMessage original;
    private final WireMessage copy;
    private final Lot.Place place;
    private final Outgoing sender;
    private volatile Stage stage = Stage.ARRIVING;
    private long renewed;
    private long next;
    private int failures;
    private boolean begun;

    /// @param after returns after which a message is a suspect
    ParkedMessage(RunReceipt run, Duration lease, int after, Outgoing sender, long now) {
        this.run = run;
        this.from = run.latest();
        this.queue = run.delivery().queue();
        this.original = run.delivery().message();
        this.sender = sender;
        int returns = Returns.count(original) + 1;
        var counted = Returns.counted(original, returns);
        this.copy = new WireMessage(counted.properties().withExpiration(null), counted.body());
        this.place = new Lot.Place(
                Parked.queueFor(queue, UUID.randomUUID().toString()),
                returns >= after ? Suspects.queueFor(queue) : queue,
                lease);
        this.renewed = now;
        this.next = now;
    }

    /// Does what is to be done now.
    ///
    /// @param now by [System#nanoTime()]
    /// @return whether it needs no further step
    boolean step(Lot lot, long now) {
        boolean atOnce = stage == Stage.LEAVING && failures == 0;
        if (!atOnce && now - next < 0) {
            return stage == Stage.GONE;
        }
        try {
            switch (stage) {
                case ARRIVING -> arrive(lot, now);
                case PARKED -> renew(lot, now);
                case LEAVING -> leave(lot);
                case GONE -> {}
            }
            failures = 0;
        } catch (IOException | RuntimeException e) {
            failed(e, now);
        }
        return stage == Stage.GONE;
    }

    private void arrive(Lot lot, long now) throws IOException {
        if (!run.isHeldBy(from) || from.isLost()) {
            // a copy whose confirm was lost is there all the same, and would run once more when its lease is over
            stage = begun ? Stage.LEAVING : Stage.GONE;
            return;
        }
        begun = true;
        lot.put(place, copy);
        renewed = now;
        next = now + place.lease().toNanos() / 3;
        stage = Stage.PARKED;
        if (!run.moved(from, new ParkedReceipt(this))) {
            stage = Stage.LEAVING;
        } else {
            LOG.debug("a message of queue '{}' is parked in '{}'", queue, place.queue());
        }
    }

    private void renew(Lot lot, long now) throws IOException {
        if (lot.renew(place, copy)) {
            renewed = now;
            next = now + place.lease().toNanos() / 3;
            return;
        }
        LOG.warn(
                "a parked message of queue '{}' could not be renewed within {} s and went back to '{}', while its task runs on",
                queue,
                place.lease().toSeconds(),
                place.backTo());
        finish(Stage.PARKED, Stage.GONE);
    }

    private void leave(Lot lot) throws IOException {
        lot.remove(place);
        stage = Stage.GONE;
    }

    private void failed(Exception failure, long now) {
        failures++;
        next = now + PAUSES.after(failures).toNanos();
        if (failures == 1) {
            LOG.warn(
                    "queue '{}', for a long task, cannot be reached, which is tried again: {}",
                    place.queue(),
                    why(failure));
        }
        LOG.debug("try {} for '{}'", failures, place.queue(), failure);
        if (stage == Stage.LEAVING && now - renewed > 2 * place.lease().toNanos()) {
            stage = Stage.GONE; // it went back long ago
        }
    }

    @Override
    public void done() {
        finish(Stage.PARKED, Stage.LEAVING);
    }

    @Override
    public void back(boolean counted) {
        var parcel = !counted
                ? run.delivery().back(Returns.counted(original, Returns.count(original)))
                : place.backTo().equals(queue) ? Parcel.reply(queue, copy) : Parcel.plain(place.backTo(), copy);
        var _ = sender.send(parcel, Patience.ENDLESS).whenComplete((sent, failure) -> {
            if (failure == null) {
                done();
            } else {
                abandon(String.valueOf(failure.getMessage()));
            }
        });
    }

    @Override
    public void abandon(String reason) {
        LOG.warn(
                "a parked message of queue '{}' goes back in {} s at the latest: {}",
                queue,
                place.lease().toSeconds(),
                reason);
        finish(Stage.PARKED, Stage.GONE);
    }

    @Override
    public boolean isGone() {
        return stage == Stage.GONE;
    }

    /// Whether its task is done while its place is still there.
    boolean isLeaving() {
        return stage == Stage.LEAVING;
    }

    boolean isParked() {
        return stage == Stage.PARKED;
    }

    private synchronized void finish(Stage expected, Stage then) {
        if (stage == expected) {
            stage = then;
        }
    }

    private static String why(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
