package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;

/// Where a sender's connection comes from.
interface Line {

    /// The connection that is there, or a new one; for the sender's thread alone.
    ///
    /// @throws IOException when there is none at the moment
    Connection connection() throws IOException;

    /// Ends the connection if it is the sender's own; for any thread.
    void close();
}
