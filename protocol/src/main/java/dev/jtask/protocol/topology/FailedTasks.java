package dev.jtask.protocol.topology;

/// Where the message of a task goes that failed for good, where that is asked for; its headers say why.
public final class FailedTasks {

    private static final String SUFFIX = ".failed";

    private FailedTasks() {}

    /// The name of the queue for the failed tasks of this one.
    ///
    /// @throws IllegalArgumentException when AMQP allows no such name
    public static String queueFor(String queue) {
        QueueNames.require(queue, SUFFIX.length(), "for failed tasks");
        return queue + SUFFIX;
    }
}
