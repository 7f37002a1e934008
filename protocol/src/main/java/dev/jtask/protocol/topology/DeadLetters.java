package dev.jtask.protocol.topology;

/// Where a message goes that no worker can run; its headers say why.
public final class DeadLetters {

    private static final String SUFFIX = ".dead";

    private DeadLetters() {}

    /// Whether AMQP allows a name for the dead letters of this queue.
    public static boolean mayExist(String queue) {
        return QueueNames.hasRoom(queue, SUFFIX.length());
    }

    /// The name of the queue for the dead letters of this one.
    ///
    /// @throws IllegalArgumentException when AMQP allows no such name
    public static String queueFor(String queue) {
        QueueNames.require(queue, SUFFIX.length(), "for dead letters");
        return queue + SUFFIX;
    }
}
