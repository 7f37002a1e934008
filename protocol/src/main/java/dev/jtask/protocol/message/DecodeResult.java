package dev.jtask.protocol.message;

import org.jspecify.annotations.Nullable;

/// A delivery after decoding: a task, or what could be read of a message that is none.
public sealed interface DecodeResult {

    /// A task to run.
    record Decoded(TaskMessage task) implements DecodeResult {}

    /// No task.
    ///
    /// @param reason a sentence that names what is wrong
    /// @param rest the message without what is wrong, never to be run: others wait for what was to follow it; null
    /// where nobody is known to
    record Malformed(
            String reason,
            @Nullable String id,
            @Nullable String task,
            @Nullable String replyTo,
            @Nullable String correlationId,
            @Nullable TaskMessage rest)
            implements DecodeResult {

        /// In place of its sender's words for arguments, which nobody has compared with them.
        public static final String NOT_READ = "<not read>";

        /// One for which nobody waits but its sender.
        public Malformed(
                String reason,
                @Nullable String id,
                @Nullable String task,
                @Nullable String replyTo,
                @Nullable String correlationId) {
            this(reason, id, task, replyTo, correlationId, null);
        }

        public Malformed withRest(@Nullable TaskMessage other) {
            return new Malformed(reason, id, task, replyTo, correlationId, other);
        }
    }
}
