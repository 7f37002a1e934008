package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.message.SignalMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.seal.MessageSeal;
import dev.jtask.seal.SealException;
import dev.jtask.task.SignalAwaitedError;
import dev.jtask.task.SignalTimeoutException;
import dev.jtask.task.TaskContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a task that waits for a signal gets, or how its run ends until it does.
public final class Awaiting {

    private static final Logger LOG = LoggerFactory.getLogger(Awaiting.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Signals signals;
    private final MessageSeal seal;
    private final Clock clock;
    private final SparseLog unknown = new SparseLog(LOG);
    private final SparseLog forged = new SparseLog(LOG);

    /// @param seal by which values are read
    public Awaiting(Signals signals, MessageSeal seal, Clock clock) {
        this.signals = signals;
        this.seal = seal;
        this.clock = clock;
    }

    /// The signals of one job.
    TaskContext.Signals of(Job job) {
        return (signal, atMost) -> await(job, signal, atMost);
    }

    private JsonNode await(Job job, String signal, Duration atMost) {
        var at = new SignalPlace(job.message().id(), signal);
        var waits = job.waits();
        if (waits.isOver(signal)) {
            throw new SignalTimeoutException(signal, atMost);
        }
        // known from now on, whatever comes of it: who ends the task cleans up behind it
        var end = Instant.ofEpochMilli(
                waits.end(signal).orElse(clock.instant().plus(atMost).toEpochMilli()));
        job.waits(waits.until(signal, end));
        return switch (signals.look(at, job.delivery().queue())) {
            case Signals.Answer.There(var value) -> read(job, at, value);
            case Signals.Answer.Missing() -> missing(job, signal, end, atMost);
            case Signals.Answer.Unknown(var why) -> {
                unknown.warn("task %s is put off, since nobody can say whether its signal has come: %s"
                        .formatted(job.message().task(), why));
                throw putOff(job, signal);
            }
            case Signals.Answer.Refused(var why) ->
                throw new IllegalStateException("signal '%s' cannot be waited for: %s".formatted(signal, why));
        };
    }

    /// Whoever ends the task forgets this value, and no other.
    private static void note(Job job, String signal, WireMessage value) {
        var id = value.properties().others().messageId();
        if (id != null) {
            job.got(signal, id);
        }
    }

    private JsonNode missing(Job job, String signal, Instant end, Duration atMost) {
        var now = clock.instant();
        if (!now.isBefore(end)) {
            job.waits(job.waits().over(signal));
            throw new SignalTimeoutException(signal, atMost);
        }
        var expires = job.message().expires();
        var until = expires != null && expires.isBefore(end) ? expires : end;
        var left = Duration.between(now, until);
        var pause = left.compareTo(SignalPlace.LONGEST) > 0 ? SignalPlace.LONGEST : left;
        job.endAs(new Outcome.Later(pause, new Outcome.ForSignal(signal, end)));
        throw new SignalAwaitedError(signal);
    }

    private static SignalAwaitedError putOff(Job job, String signal) {
        job.endAs(new Outcome.Later(PAUSE, new Outcome.InTheBroker()));
        return new SignalAwaitedError(signal);
    }

    private JsonNode read(Job job, SignalPlace at, WireMessage value) {
        try {
            var open = opened(at, value);
            note(job, at.signal(), value);
            return SignalMessage.value(open);
        } catch (SealException e) {
            if (isOfNobody(e)) {
                // whoever may write could have put it there, and would have decided the task by it
                forged.warn("a value of signal '%s' of task %s is thrown away, and the task waits on: %s"
                        .formatted(at.signal(), job.message().task(), e.getMessage()));
                signals.discard(at, other -> isForged(at, other));
                throw putOff(job, at.signal());
            }
            note(job, at.signal(), value);
            throw new IllegalStateException(
                    "the value of signal '%s' must not be used: %s".formatted(at.signal(), e.getMessage()), e);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the value of signal '%s' is no JSON: %s".formatted(at.signal(), e.getMessage()), e);
        }
    }

    private WireMessage opened(SignalPlace at, WireMessage value) throws SealException {
        var open = seal.open(value);
        if (!SignalMessage.isOf(open, at.taskId(), at.signal())) {
            throw SealException.forged("it is the value of another signal");
        }
        return open;
    }

    private boolean isForged(SignalPlace at, WireMessage value) {
        try {
            var _ = opened(at, value);
            return false;
        } catch (SealException e) {
            return isOfNobody(e);
        }
    }

    private static boolean isOfNobody(SealException e) {
        return switch (e.sender()) {
            case UNKNOWN -> true;
            case POSSIBLE -> false;
        };
    }
}
