package dev.jtask.schedule;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Sends a task together with the note that it was sent, so close that hardly anything comes between them. One at a
/// time, since of several a queue may take some and refuse the rest.
interface Outbox {

    /// Returns once the queue has the task, and the broker has answered about the note.
    ///
    /// @param note null where it is known that nothing would be answered
    /// @return whether it keeps the note; if not, the task is sent all the same
    /// @throws UnconfirmedException when the broker says neither yes nor no about the task: the queue may have it
    /// @throws IOException with the reason; the broker may have the note all the same
    boolean send(Route route, WireMessage task, @Nullable LastRuns note) throws IOException;

    /// Returns once the broker has the note, or has no place for it.
    ///
    /// @return whether it keeps it
    /// @throws UnconfirmedException when the broker says neither yes nor no
    boolean keep(LastRuns note) throws IOException;

    /// Whether anything can be sent: after a failure that was one queue's own, it can.
    boolean isOpen();
}
