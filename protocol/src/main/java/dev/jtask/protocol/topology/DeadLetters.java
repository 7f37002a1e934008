package dev.jtask.protocol.topology;

/// Where a message goes that no worker can run, and the headers that say why.
public final class DeadLetters {

    /// Why the message is here, in a sentence.
    public static final String REASON = "x-jtask-reason";
    /// The queue it was taken from.
    public static final String QUEUE = "x-jtask-queue";
    /// How often it was tried, from 1.
    public static final String ATTEMPT = "x-jtask-attempt";
    /// The exception's class and message, absent when none was thrown.
    public static final String EXCEPTION = "x-jtask-exception";

    private DeadLetters() {}

    /// The name of the queue for the dead letters of this one.
    public static String queueFor(String queue) {
        return queue + ".dead";
    }
}
