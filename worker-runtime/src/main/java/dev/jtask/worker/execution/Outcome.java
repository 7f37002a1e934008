package dev.jtask.worker.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.RemoteError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one delivery ended, as a value; one place maps it to what the broker and the sender are told.
public sealed interface Outcome {

    /// The word for it in metrics and logs.
    String name();

    /// The task returned.
    record Succeeded(JsonNode value) implements Outcome {
        @Override
        public String name() {
            return "succeeded";
        }
    }

    /// The task threw, and no retry is left or wanted.
    record Failed(RemoteError error, String traceback) implements Outcome {
        @Override
        public String name() {
            return "failed";
        }
    }

    /// The task is to run again after the delay.
    record Retried(Duration delay, RemoteError cause, String traceback) implements Outcome {
        @Override
        public String name() {
            return "retried";
        }
    }

    /// The task's time has not come; it is neither run nor counted as an attempt.
    record Postponed(Duration delay) implements Outcome {
        @Override
        public String name() {
            return "postponed";
        }
    }

    /// The task's time has passed, or somebody revoked it.
    record Revoked(String reason) implements Outcome {
        @Override
        public String name() {
            return "revoked";
        }
    }

    /// No worker can run this message: it goes to the dead letters.
    ///
    /// @param error what the sender is told
    record Refused(
            String reason, RemoteError error, @Nullable String exception) implements Outcome {
        @Override
        public String name() {
            return "rejected";
        }
    }

    /// The worker stops before the task ended: another worker gets the message.
    record Requeued() implements Outcome {
        @Override
        public String name() {
            return "requeued";
        }
    }
}
