package dev.jtask.schedule;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.List;

/// Sends tasks together with the note that they were sent: of a scheduler that dies or is cut off both arrive or
/// neither.
interface Outbox {

    /// Returns once the broker has everything.
    ///
    /// @return whether it keeps the note; if not, the tasks are sent all the same
    /// @throws IOException with the reason; the broker may have the note all the same
    boolean send(Route route, List<WireMessage> tasks, LastRuns note) throws IOException;

    /// Whether anything can be sent.
    boolean isOpen();
}
