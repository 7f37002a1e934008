package dev.jtask.protocol.topology;

/// Where a message goes that no worker can run; its headers say why.
public final class DeadLetters {

    private static final String SUFFIX = ".dead";

    private DeadLetters() {}

    /// The name of the queue for the dead letters of this one.
    ///
    /// @throws IllegalArgumentException when AMQP allows no such name
    public static String queueFor(String queue) {
        QueueNames.require(queue, SUFFIX.length(), "for dead letters");
        return queue + SUFFIX;
    }
}
