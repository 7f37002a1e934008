package dev.jtask.client;

import dev.jtask.protocol.message.WireMessage;
import org.jspecify.annotations.Nullable;

/// A message that no worker could run.
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
        WireMessage message) {}
