package dev.jtask.client;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.client.control.Workers;
import dev.jtask.client.events.Events;
import dev.jtask.client.result.Replies;
import dev.jtask.protocol.Internal;
import dev.jtask.seal.MessageSeal;
import java.time.Clock;

/// What a client stands on: a broker, or what takes its place in a test.
///
/// @param host whom its tasks name as their origin
@Internal
public record ClientPorts(
        Outgoing sender,
        Replies replies,
        Workers workers,
        Events events,
        Letters letters,
        SignalPost signals,
        Clock clock,
        String host,
        End end) {

    /// How they are let go, in two steps.
    public interface End {

        /// Waits for what is being sent; nothing more is.
        void sending();

        void connections();
    }

    /// A client on these ports.
    ///
    /// @param queue where tasks go that name no queue
    public TaskClient client(String queue) {
        return new TaskClient(
                this,
                MessageSeal.NONE,
                queue,
                TaskClientBuilder.PUBLISH_TIMEOUT,
                AfterCommit.NONE,
                Tracing.openTelemetry());
    }
}
