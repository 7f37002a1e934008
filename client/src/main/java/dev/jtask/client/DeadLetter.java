package dev.jtask.client;

import dev.jtask.protocol.message.WireMessage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A message that no worker could run, or whose task failed for good and was kept.
///
/// @param id the task's; empty when the message is no task
/// @param task its name; empty when the message is no task
/// @param reason why it is here, in a sentence
/// @param queue where it came from
/// @param attempts how often it was tried
/// @param exception its class and message; null when none was thrown
/// @param message as it was received, with the headers that say why; empty when it is too large for this client
public record DeadLetter(
        String id,
        String task,
        String reason,
        String queue,
        int attempts,
        @Nullable String exception,
        WireMessage message) {

    /// What stands before an exception's message.
    private static final Pattern AFTER_THE_CLASS = Pattern.compile("[(:\\s].*", Pattern.DOTALL);

    /// The class of the exception, without its message; empty when none was thrown.
    public String exceptionType() {
        return exception == null ? "" : AFTER_THE_CLASS.matcher(exception).replaceFirst("");
    }
}
