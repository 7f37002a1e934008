package dev.jtask.broker;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One message on its way: published, and again while there is a reason to, until the broker has it or its patience is
/// over. It is in one place at a time: with the sender's thread, or in a lane.
final class Publication {

    /// How the message is published next.
    enum Way {
        /// With others in flight, as long as nothing speaks against it.
        TOGETHER,
        /// With no other in flight, so that a broker that closes the channel means this one.
        ALONE
    }

    /// After so many further connections that the broker has closed with nothing else on them, a message is refused.
    private static final int PROTESTS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final Parcel given;
    private final long begun = System.nanoTime();
    private final Patience patience;
    private final Consumer<Publication> again;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private Way way;
    private int losses;
    private int nacks;
    private final AtomicInteger protests = new AtomicInteger();
    private boolean returnedOnce;
    private boolean failed;
    private long failedAt;
    private volatile boolean over;
    private volatile Parcel parcel;
    private long due = System.nanoTime();
    private long turn;
    private volatile @Nullable PublishException lastFailure;

    /// @param again hands it to the sender's thread once more; any thread
    Publication(Parcel parcel, Patience patience, Way way, Consumer<Publication> again) {
        this.given = parcel;
        this.parcel = parcel;
        this.patience = patience;
        this.way = way;
        this.again = again;
    }

    Parcel parcel() {
        return parcel;
    }

    /// Is published next. A delay counts from the sending, however long the broker was away.
    ///
    /// @param now by [System#nanoTime()]
    void setOut(long now) {
        parcel = given.after(Duration.ofNanos(now - begun));
    }

    Patience patience() {
        return patience;
    }

    CompletableFuture<@Nullable Void> done() {
        return done;
    }

    boolean isDone() {
        return over || done.isDone();
    }

    Way way() {
        return way;
    }

    /// When it may be published next, by [System#nanoTime()].
    long due() {
        return due;
    }

    /// Its place among all that the sender was given, which it keeps however often it comes back; 0 when it has none
    /// yet.
    long turn() {
        return turn;
    }

    void setTurn(long number) {
        turn = number;
    }

    /// Whether the broker sees a message id that this process has made up.
    boolean isMarked() {
        return parcel.message().properties().others().messageId() == null;
    }

    @Nullable
    PublishException lastFailure() {
        return lastFailure;
    }

    void confirmed() {
        done.complete(null);
    }

    void nacked() {
        var failure = PublishNotConfirmedException.nacked(to());
        if (nacks++ < patience.nacks()) {
            if (FullRoutes.HERE.isNew(to())) {
                LOG.warn("'{}' takes no messages at the moment, it may be full; what goes there is tried again", to());
            }
            later(failure, afterPause(nacks));
        } else {
            done.completeExceptionally(failure);
        }
    }

    /// No queue took it: one that was there before may have been deleted, and where there is patience for ever it is
    /// made sure of once more.
    void returned(String reply) {
        boolean hopeful = parcel.upkeep() != Parcel.Upkeep.NONE
                && (parcel.route().isQueue() || parcel.upkeep() == Parcel.Upkeep.DELAYED)
                && patience.isEndless()
                && !returnedOnce;
        returnedOnce = true;
        noteFailure();
        over = !hopeful;
        // also when it fails: the next one to this queue must not take it for granted
        again.accept(this);
        if (!hopeful) {
            done.completeExceptionally(new UnroutableException(parcel.route(), reply));
        }
    }

    /// Whether what it needs has to be made sure of anew, if that was not done since.
    boolean mayLackItsQueue() {
        return failed;
    }

    /// When it failed for the last time, by [System#nanoTime()]; 0 when it has not.
    long failedAt() {
        return failedAt;
    }

    /// Whether it may have made the broker close a connection, so that it goes with nothing else on the next one.
    boolean isSuspect() {
        return protests.get() > 0;
    }

    /// It has not: the broker says nothing of it, and has left the connection as it is.
    void clear() {
        protests.set(0);
    }

    void abandoned() {
        done.completeExceptionally(new PublishNotConfirmedException(to(), "the sender was closed first"));
    }

    void expired(PublishException why) {
        done.completeExceptionally(why);
    }

    void unwritable(Throwable cause) {
        done.completeExceptionally(new PublishRefusedException(
                to(), "AMQP cannot carry the message: %s".formatted(cause.getMessage()), cause));
    }

    /// A want of memory passes; anything else is this message's own.
    void failed(Error cause) {
        if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
            lost(new PublishNotConfirmedException(to(), "the sender failed: %s".formatted(cause.getMessage()), cause));
        } else {
            unwritable(cause);
        }
    }

    void refused(PublishRefusedException why) {
        done.completeExceptionally(why);
    }

    void lost(IOException cause) {
        if (Refusals.isAway(cause)) {
            returnedOnce = false; // its queue was not deleted
            lost(new PublishNotConfirmedException(to(), Refusals.why(cause), cause));
        } else if (Refusals.isLoss(cause) && !Refusals.hasProtested(cause)) {
            cut(cause);
        } else {
            // one whose queue costs each connection leaves the others time between
            lost(new PublishNotConfirmedException(to(), "the connection was lost", cause));
        }
    }

    void lost(ShutdownSignalException signal) {
        if (Refusals.isAnswer(signal)) {
            blamed(signal, way == Way.ALONE);
        } else if (Refusals.isProtest(signal)) {
            blamed(signal, protests.getAndIncrement() >= PROTESTS);
        } else if (Refusals.isLoss(signal)) {
            cut(signal);
        } else {
            lost(new PublishNotConfirmedException(to(), "the connection was lost", signal));
        }
    }

    /// Lost with its connection, as others are: each keeps its turn, and the pause is that of who connects. Where tries
    /// are counted they have pauses of their own, or they would be over at once.
    private void cut(Exception cause) {
        var failure = new PublishNotConfirmedException(to(), "the connection was lost", cause);
        if (patience.losses() == Patience.FOREVER) {
            losses++;
            later(failure, System.nanoTime());
        } else {
            lost(failure);
        }
    }

    /// The broker has closed the channel or the connection because of this message, or of one beside it.
    private void blamed(ShutdownSignalException signal, boolean surely) {
        if (surely) {
            done.completeExceptionally(new PublishRefusedException(to(), Refusals.words(signal), signal));
        } else if (!patience.mayRepeat()) {
            // the broker may have it already
            done.completeExceptionally(new PublishNotConfirmedException(to(), Refusals.words(signal), signal));
        } else {
            way = Way.ALONE;
            noteFailure();
            again.accept(this);
        }
    }

    private void lost(PublishNotConfirmedException failure) {
        if (losses++ < patience.losses()) {
            later(failure, afterPause(losses));
        } else {
            done.completeExceptionally(failure);
        }
    }

    private void later(PublishException failure, long when) {
        lastFailure = failure;
        noteFailure();
        due = when;
        again.accept(this);
    }

    private long afterPause(int failures) {
        return System.nanoTime()
                + TimeUnit.NANOSECONDS.convert(patience.pauses().after(failures));
    }

    private void noteFailure() {
        failed = true;
        failedAt = System.nanoTime();
    }

    private String to() {
        return parcel.route().name();
    }
}
