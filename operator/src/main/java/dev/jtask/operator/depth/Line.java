package dev.jtask.operator.depth;

import dev.jtask.operator.secret.AmqpAccess;
import java.io.IOException;

/// An AMQP connection as far as it counts messages. For one thread at a time.
interface Line {

    /// Opens lines.
    interface Opener {
        /// @throws NoAnswerException when no broker says anything
        /// @throws IOException naming each broker that was tried and the cause, never credentials
        Line open(AmqpAccess access) throws IOException;
    }

    /// @throws IOException when the line is of no use any more
    Answer count(String queue) throws IOException;

    void close();
}
