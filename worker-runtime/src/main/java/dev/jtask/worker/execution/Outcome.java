package dev.jtask.worker.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.canvas.Joined;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How one delivery ended, as a value; one place maps it to what the broker and the sender are told.
public sealed interface Outcome {

    /// The word for it in metrics and logs.
    default String name() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// Whether the task's code has run to an end, so that the time it took says something of the next one.
    default boolean isRun() {
        return switch (this) {
            case Succeeded _, Failed _, Retried _, Ignored _ -> true;
            case Repeated _, Postponed _, Held _, Revoked _, Refused _, Counted _, Requeued _, Unlocked _ -> false;
        };
    }

    /// The task returned.
    record Succeeded(JsonNode value) implements Outcome {}

    /// Another message with the same idempotency key has run: what it returned stands for this one's result.
    record Repeated(JsonNode value) implements Outcome {}

    /// The task threw, and no retry is left or wanted.
    ///
    /// @param traceback null when there is none to show
    record Failed(RemoteError error, @Nullable String traceback, Kind kind) implements Outcome {

        /// Whether the task's author counts the exception among its answers.
        public enum Kind {
            EXPECTED,
            UNEXPECTED
        }
    }

    /// The task is to run again after the delay.
    record Retried(Duration delay, RemoteError cause, String traceback) implements Outcome {}

    /// The task's time has not come: it waits in the broker, neither run nor counted as an attempt.
    record Postponed(Duration delay) implements Outcome {}

    /// The task has to wait for its turn in this worker.
    record Held(Duration delay, Instant turn) implements Outcome {}

    /// The task's time has passed, or somebody revoked it.
    ///
    /// @param reason one of the constants, which are Celery's words
    record Revoked(String reason) implements Outcome {
        public static final String EXPIRED = "expired";
        public static final String REVOKED = "revoked";
        public static final String TERMINATED = "terminated";
    }

    /// No worker can run this message, or its task does not want it: it goes to the dead letters.
    ///
    /// @param error what the sender is told
    /// @param details what the dead letter says besides the reason
    record Refused(String reason, RemoteError error, Details details) implements Outcome {

        /// @param exception class and message of what was thrown; null when nothing was
        /// @param attempts how often it was delivered; null for what the message itself says
        public record Details(
                @Nullable String exception, @Nullable Integer attempts) {}

        public static final Details PLAIN = new Details(null, null);

        public static Details exception(String text) {
            return new Details(text, null);
        }

        static Details attempts(long deliveries) {
            return new Details(null, Math.toIntExact(deliveries));
        }

        /// Whether the task itself asked for it, which is no failure.
        public boolean isWish() {
            return error.type().equals("Reject") && details.attempts() == null;
        }

        @Override
        public String name() {
            return "rejected";
        }
    }

    /// A chord was joined by its results, as `celery.chord_unlock` does.
    record Unlocked(String group, Signature body, Joined joined) implements Outcome {}

    /// The broker does not count this message's deliveries: it is sent anew with the count.
    record Counted(long redeliveries) implements Outcome {}

    /// The task has ended and tells nobody how.
    record Ignored() implements Outcome {}

    /// Another worker gets the message: this one stops, or the task asked for it.
    record Requeued() implements Outcome {}
}
