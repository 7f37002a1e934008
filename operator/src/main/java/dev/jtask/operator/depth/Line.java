package dev.jtask.operator.depth;

import dev.jtask.operator.secret.AmqpAccess;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;

/// An AMQP connection as far as it counts messages. For one thread at a time.
interface Line {

    /// Opens lines.
    interface Opener {
        /// @throws NoAnswerException when no broker says anything
        /// @throws IOException naming each broker that was tried and the cause, never credentials
        Line open(AmqpAccess access) throws IOException;
    }

    /// Asks for these queues beside each other, so that a thousand of them are not a thousand waits.
    ///
    /// @param told hears each answer, in the order of the queues
    /// @throws IOException when the line is of no use any more: the first queue without an answer may be why
    void count(List<String> queues, BiConsumer<String, Answer> told) throws IOException;

    void close();
}
