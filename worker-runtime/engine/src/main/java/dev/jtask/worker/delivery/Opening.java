package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import java.io.IOException;

/// Makes a connection when it is needed.
@FunctionalInterface
interface Opening {

    /// @throws IOException when the broker cannot be reached; nothing stays open then
    Connection open() throws IOException;
}
