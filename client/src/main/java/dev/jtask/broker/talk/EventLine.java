package dev.jtask.broker.talk;

import com.rabbitmq.client.Connection;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;

/// The way to the event exchange. It may be closed, and then what is sent is lost, as events may be.
public interface EventLine {

    /// Uses this connection until the next one; asks the broker nothing.
    void attach(Connection connection);

    /// Whether what is sent now would arrive; may ask the broker.
    boolean isOpen();

    /// @throws IOException when it is lost with the connection
    void send(Route to, WireMessage message) throws IOException;
}
