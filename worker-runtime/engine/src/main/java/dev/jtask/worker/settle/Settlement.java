package dev.jtask.worker.settle;

import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.PublishNotConfirmedException;
import dev.jtask.broker.UnroutableException;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.SparseLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One ending on its way, here that of a message that is no task: carries its effects out, one after the
/// other, and settles the delivery after the last. What may pass is tried again, what will not is done
/// without; the task does not run again for either.
///
/// Effects complete on threads that nobody may hold up, so that nothing here waits.
class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final SparseLog UNCOUNTED = new SparseLog(LOG);

    private final Settler settler;
    private final Delivery delivery;
    private final Deque<Effect> left = new ArrayDeque<>();
    private Disposition then;
    private int failures;
    private boolean minimal;
    private Effect.@Nullable KeepFailed unkept;
    private boolean handedBack;
    private boolean comesAgain;
    private boolean waits;
    private boolean lettered;

    Settlement(Settler settler, Delivery delivery, Ending ending) {
        this.settler = settler;
        this.delivery = delivery;
        this.left.addAll(ending.effects());
        this.then = ending.then();
    }

    final void start() {
        guarded(this::carryOn);
    }

    /// What comes of a chord that is complete.
    List<Effect> joined(Effect.Count count, Joined joined) {
        return List.of();
    }

    /// What is done when the broker will never take an effect.
    ///
    /// @param rest what was to come after it
    Ending instead(Effect refused, String why, List<Effect> rest) {
        LOG.debug("a message of queue '{}' that is no task is not answered: {}", delivery.queue(), why);
        return new Ending(rest, then);
    }

    /// Whether its message is kept until a dead letter is taken: it must neither be lost nor come to a slot again.
    boolean waitsForLetter() {
        return false;
    }

    /// Whether the broker has its message no more, so that whatever is left of it is here alone.
    boolean isForGood() {
        return false;
    }

    /// Everything is settled.
    void over() {
        missed(misses -> misses.malformed(delivery));
    }

    /// The broker has the message again, or gets it back, before everything was settled.
    void lost() {}

    final Settler settler() {
        return settler;
    }

    /// The boundary of all threads that carry it on, which drop what is thrown: an ending that stood still for ever
    /// would keep its message from everybody.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.error(
                    "the ending of a message of queue '{}' failed, and the broker delivers it again",
                    delivery.queue(),
                    e);
            handBack(new Disposition.Requeue());
            finish();
        }
    }

    private void carryOn() {
        for (var next = left.peek(); next != null; next = left.peek()) {
            var effect = next;
            var done = carry(effect);
            if (!done.isDone() || done.isCompletedExceptionally()) {
                waits();
                var _ = done.whenComplete((ok, failure) -> guarded(() -> {
                    if (failure == null) {
                        advance(effect);
                        carryOn();
                    } else {
                        failed(effect, Continuations.cause(failure));
                    }
                }));
                return;
            }
            advance(effect);
        }
        finish();
    }

    /// It outlives the task's slot from here on; most never do.
    private void waits() {
        if (!waits) {
            waits = true;
            settler.unsettled().begin(this, isForGood());
        }
    }

    private void finish() {
        boolean lost = delivery.receipt().isLost();
        // also when it is lost: what the broker has again may come here, and need not run where all is done
        delivery.receipt().settle(comesAgain && then instanceof Disposition.Ack ? new Disposition.Moved() : then);
        if (waits) {
            settler.unsettled().end(this);
        }
        if (lost || handedBack) {
            lost();
        } else {
            over();
        }
    }

    private void advance(Effect effect) {
        left.remove(effect);
        lettered |= effect instanceof Effect.DeadLetter;
        if (failures > 0) {
            delivery.receipt().waitsForStore(false);
        }
        failures = 0;
    }

    private CompletableFuture<?> carry(Effect effect) {
        try {
            var carrier = settler.carrier();
            return switch (effect) {
                case Effect.Tell tell -> carrier.tell(tell);
                case Effect.Begin begin -> carrier.begin(begin);
                case Effect.Send send -> carrier.send(send);
                case Effect.Resend resend -> {
                    comesAgain = true;
                    yield carrier.resend(delivery, resend);
                }
                case Effect.Park park -> {
                    comesAgain = true;
                    yield carrier.park(delivery, park);
                }
                case Effect.Count count ->
                    carrier.count(count)
                            .thenAccept(complete -> complete.ifPresent(joined -> insert(count, joined(count, joined))));
                case Effect.Forget forget -> carrier.forget(forget);
                case Effect.KeepFailed(var letter) -> carrier.keep(delivery, written(letter));
                case Effect.DeadLetter letter -> carrier.letter(delivery, written(letter));
            };
        } catch (Throwable e) { // the boundary of one effect: whatever is wrong with it, the ending goes on
            return CompletableFuture.failedFuture(e);
        }
    }

    private WireMessage written(Effect.DeadLetter letter) {
        return minimal ? DeadLetterOffice.minimal(delivery, letter) : DeadLetterOffice.letter(delivery, letter);
    }

    /// After this effect and before the next.
    private void insert(Effect after, List<Effect> more) {
        left.remove(after);
        for (int i = more.size() - 1; i >= 0; i--) {
            left.addFirst(more.get(i));
        }
        left.addFirst(after);
    }

    private void failed(Effect effect, Throwable failure) {
        if (delivery.receipt().isLost()) {
            LOG.debug("the broker has the message again, its ending is void", failure);
            handBack(new Disposition.Requeue());
            finish();
        } else if (failure instanceof StoreUnavailableException) {
            var pause = Pauses.USUAL.after(++failures);
            delivery.receipt().waitsForStore(true);
            if (failures == 1) {
                settler.waits(
                        "a message of queue '%s' cannot end, and waits: %s".formatted(delivery.queue(), why(failure)));
            }
            settler.later(pause, () -> guarded(this::carryOn));
        } else if (effect instanceof Effect.Tell(var to, var _) && isGivenUp(failure)) {
            missed(misses -> {
                if (failure instanceof UnroutableException) {
                    misses.unroutable(to);
                } else {
                    misses.givenUp(to, why(failure));
                }
            });
            advance(effect);
            carryOn();
        } else if (failure instanceof PublishNotConfirmedException ended && !ended.isNacked()) {
            // the worker ends, and so does the sender: another worker shall have the message
            handBack(new Disposition.Requeue());
            carryOn();
        } else {
            // what is full does not take less either: its headers are not what is wrong
            minimal |= failure instanceof PublishNotConfirmedException;
            var kept = unkept;
            if (effect instanceof Effect.DeadLetter && minimal && kept != null) {
                again(effect, kept, "can be kept neither with the failed ones nor with the dead letters", why(failure));
            } else if (effect instanceof Effect.DeadLetter && minimal && waitsForLetter()) {
                again(effect, effect, "cannot be put to the dead letters", why(failure));
            } else if (effect instanceof Effect.Resend && isForGood()) {
                again(effect, effect, "cannot be put off", why(failure));
            } else {
                refused(effect, why(failure));
                carryOn();
            }
        }
    }

    /// It neither runs again for that nor is lost: it waits until it is taken.
    ///
    /// @param first which is tried then
    private void again(Effect refused, Effect first, String what, String why) {
        left.remove(refused);
        left.addFirst(first);
        unkept = null;
        minimal = false;
        settler.waits("a message of queue '%s' %s, and waits: %s".formatted(delivery.queue(), what, why));
        settler.later(Pauses.USUAL.after(++failures), () -> guarded(this::carryOn));
    }

    private void handBack(Disposition how) {
        left.clear();
        then = how;
        handedBack = true;
    }

    private void missed(Consumer<Misses> tell) {
        try {
            tell.accept(settler.misses());
        } catch (Throwable e) { // the boundary of somebody else's code: a meter that fails must not cost a task
            UNCOUNTED.warn("a miss is not counted; the ending goes on", e);
        }
    }

    /// Nobody waits any more, or the way to whoever waits was closed for too long.
    private static boolean isGivenUp(Throwable failure) {
        return failure instanceof UnroutableException || failure instanceof PublishNotConfirmedException;
    }

    /// It will not be better the next time, or not soon enough to wait for it.
    private void refused(Effect effect, String why) {
        switch (effect) {
            case Effect.KeepFailed _ when !minimal -> minimal = true;
            case Effect.DeadLetter _ when !minimal -> minimal = true;
            case Effect.KeepFailed kept -> {
                unkept = kept;
                minimal = false;
                left.remove(kept);
                left.addFirst(kept.elsewhere(why));
            }
            case Effect.DeadLetter _ ->
                handBack(new Disposition.Leave(
                        "a message of queue '%s' can neither be run nor put to the dead letters: %s"
                                .formatted(delivery.queue(), why)));
            case Effect.Resend(var delay, var _, var _) -> {
                left.clear();
                then = delay.isZero() ? new Disposition.Requeue() : new Disposition.Hold(delay, null);
            }
            case Effect.Forget _ -> left.remove(effect);
            case Effect.Tell _, Effect.Begin _, Effect.Send _, Effect.Park _, Effect.Count _ -> {
                left.remove(effect);
                var ending = instead(effect, why, List.copyOf(left));
                left.clear();
                left.addAll(ending.effects());
                // one is enough
                left.removeIf(each -> lettered && each instanceof Effect.DeadLetter);
                then = ending.then();
            }
        }
    }

    static String why(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
