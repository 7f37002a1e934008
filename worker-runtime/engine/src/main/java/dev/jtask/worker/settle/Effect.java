package dev.jtask.worker.settle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.backend.ChordCounter;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.worker.run.SignalWaits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing to be done for an outcome before its delivery is settled, as a value.
public sealed interface Effect {

    /// Tells a sender how its task stands.
    record Tell(Addressee to, ResultMessage result) implements Effect {}

    /// Lets a chord count its parts, before they are sent.
    record Begin(Plan.Chord chord) implements Effect {}

    /// Sends tasks, all in flight at once; those that are not due wait in the broker.
    record Send(List<Routed> tasks) implements Effect {

        public Send {
            tasks = List.copyOf(tasks);
        }
    }

    /// Puts the delivered message back into its queue as a new one, unchanged but for its way.
    ///
    /// @param delay how long it waits in the broker first
    /// @param putOff how often it was put off by then, for a limit or without an answer; 0 where that is not why
    /// @param waits what it carries from run to run
    record Resend(Duration delay, int putOff, SignalWaits waits) implements Effect {

        /// For no limit.
        public Resend(Duration delay, SignalWaits waits) {
            this(delay, 0, waits);
        }
    }

    /// Lets the delivered message wait for a signal. It comes back to its queue when that is there, or the delay is
    /// over.
    ///
    /// @param delay above zero
    /// @param waits what it carries from run to run
    record Park(SignalPlace at, Duration delay, SignalWaits waits) implements Effect {}

    /// Hands in the end of a task that belongs to a chord. When it was the last, the chord is joined.
    ///
    /// @param body the signature of the chord's body
    /// @param protection of the task's message, and so of the part
    record Count(ChordCounter.Part part, JsonNode body, Set<Protection> protection) implements Effect {

        /// A part that nothing protects.
        public Count(ChordCounter.Part part, JsonNode body) {
            this(part, body, Set.of());
        }
    }

    /// Forgets the parts of a chord whose body was sent.
    record Forget(String group) implements Effect {}

    /// Puts the message to the dead letters of its queue.
    ///
    /// @param attempts how often it was tried, from 1
    /// @param exception class and message of what was thrown; null when nothing was
    /// @param shown what stands in the headers for its arguments; null for the sender's own words
    record DeadLetter(
            String reason,
            int attempts,
            @Nullable String exception,
            @Nullable Shown shown) implements Effect {

        /// One with its sender's words for the arguments.
        public DeadLetter(String reason, int attempts, @Nullable String exception) {
            this(reason, attempts, exception, null);
        }
    }

    /// Puts the message of a task that has failed for good to the failed ones of its queue; where these do not take it,
    /// to the dead letters. The task does not run again for it.
    ///
    /// @param letter what its headers say
    record KeepFailed(DeadLetter letter) implements Effect {

        /// The dead letter in its place.
        DeadLetter elsewhere(String why) {
            return new DeadLetter(
                    "%s, and is not among the failed tasks: %s".formatted(letter.reason(), why),
                    letter.attempts(),
                    letter.exception(),
                    letter.shown());
        }
    }

    /// Arguments as they may be shown, in Python's words.
    record Shown(String args, String kwargs) {

        /// Of a message of which nobody knows what they are.
        static final Shown NOT_READ = new Shown(Malformed.NOT_READ, Malformed.NOT_READ);
    }
}
