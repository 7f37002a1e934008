package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one job ended, as a value. What follows of it, for the sender and for the broker, is an
/// [dev.jtask.worker.settle.Ending].
public sealed interface Outcome {

    /// The word for it in metrics and logs.
    default String word() {
        return switch (this) {
            case Done _ -> "succeeded";
            case Failed _ -> "failed";
            case Retry _ -> "retried";
            case Later _ -> "postponed";
            case Revoked _ -> "revoked";
            case Refused _ -> "rejected";
            case Returned _ -> "requeued";
        };
    }

    /// The state that the sender is told; empty where it is told none.
    default Optional<String> state() {
        return switch (this) {
            case Done(var _, var telling, var _) ->
                telling == Telling.RESULT ? Optional.of(TaskState.SUCCESS) : Optional.empty();
            case Failed _, Refused _ -> Optional.of(TaskState.FAILURE);
            case Retry _ -> Optional.of(TaskState.RETRY);
            case Revoked _ -> Optional.of(TaskState.REVOKED);
            case Later(var _, ForSignal _) -> Optional.of(TaskState.WAITING);
            case Later _, Returned _ -> Optional.empty();
        };
    }

    /// Whether the sender of a task that is done hears of it.
    enum Telling {
        RESULT,
        NOTHING
    }

    /// What a step knows of a task's end that its value does not say; the one who put it there understands it.
    interface Sequel {

        /// What takes its place when the broker does not take it: the news for those who wait for it.
        ///
        /// @param id of the job whose sequel it is
        Sequel unsent(String id, RemoteError why);
    }

    /// The task returned, or another run of it did whose value stands for this one.
    record Done(JsonNode value, Telling telling, @Nullable Sequel sequel) implements Outcome {

        public Done(JsonNode value) {
            this(value, Telling.RESULT, null);
        }
    }

    /// The task threw, and no retry is left or wanted.
    ///
    /// @param traceback null when there is none to show
    record Failed(RemoteError error, @Nullable String traceback, Failed.Kind kind) implements Outcome {

        /// Whether the task's author counts the exception among its answers.
        public enum Kind {
            EXPECTED,
            UNEXPECTED
        }
    }

    /// The task is to run again after the delay.
    record Retry(Duration delay, RemoteError cause, String traceback) implements Outcome {}

    /// The task's time has not come: it is neither run nor counted as an attempt.
    record Later(Duration delay, Where where) implements Outcome {}

    /// Where a task waits for its time.
    sealed interface Where {}

    /// It waits there whatever happens to this worker.
    record InTheBroker() implements Where {}

    /// It waits there, as others do: its task is at a limit that workers share.
    ///
    /// @param times how often it has been put off by then, from 1
    record BehindOthers(int times) implements Where {}

    /// It waits there, since nobody can say whether it may run.
    ///
    /// @param times how often it has been put off by then, from 1
    record Unanswered(int times) implements Where {}

    /// It waits there for a signal, which may come sooner than the delay is over.
    ///
    /// @param end when it waits no more
    record ForSignal(String signal, Instant end) implements Where {}

    /// It waits for its turn among the tasks of this worker.
    record Here(Instant turn) implements Where {}

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
    /// @param kind whose wish it is
    /// @param deliveries how often it was delivered, for the dead letter; zero for what the message itself says
    record Refused(String reason, RemoteError error, Refused.Kind kind, int deliveries) implements Outcome {

        /// Whether the task itself asked for it, which is no failure.
        public enum Kind {
            UNFIT,
            WISH
        }

        /// The message cannot be run.
        public static Refused unfit(String errorType, String reason) {
            return new Refused(reason, RemoteError.celery(errorType, reason), Refused.Kind.UNFIT, 0);
        }
    }

    /// Another worker gets the message.
    record Returned(Why why) implements Outcome {

        /// Why this one does not end it.
        public enum Why {
            /// The task asked for it, which counts as a return.
            WISH,
            /// This worker stops, which is not the message's fault and counts for nothing.
            DRAIN
        }
    }
}
