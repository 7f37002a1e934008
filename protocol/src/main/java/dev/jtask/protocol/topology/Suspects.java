package dev.jtask.protocol.topology;

/// Where a message waits that came again too often: from there it is taken one at a time and runs alone among its kind,
/// so that a worker's death can be blamed on it and on no other.
public final class Suspects {

    /// After so many returns a message is a suspect. Whoever was merely near a crash rarely gets that far.
    public static final int AFTER = 3;

    private static final String SUFFIX = ".suspects";

    private Suspects() {}

    /// Whether AMQP allows a name for the suspects of this queue.
    public static boolean mayExist(String queue) {
        return QueueNames.hasRoom(queue, SUFFIX.length());
    }

    /// The name of the queue for the suspects of this one.
    ///
    /// @throws IllegalArgumentException when AMQP allows no such name
    public static String queueFor(String queue) {
        QueueNames.require(queue, SUFFIX.length(), "for suspects");
        return queue + SUFFIX;
    }

    /// The queue whose suspects are in this one; the name itself for any other.
    public static String queueOf(String name) {
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
