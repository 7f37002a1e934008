package dev.jtask.protocol.topology;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// Where the message of a long task waits while the task runs: a queue for each, in which the message
/// expires, and goes back to where it came from, unless whoever runs the task renews it again and again.
public final class Parked {

    private static final String MARK = ".parked.";
    private static final int TOKEN_LENGTH = 36;
    private static final Pattern NAME = Pattern.compile("(.+)\\.parked\\.[0-9a-f-]{36}", Pattern.DOTALL);

    /// After which a queue that nobody uses is deleted: long after its message has left it.
    private static final Duration LEFT_OVER = Duration.ofDays(30);

    private Parked() {}

    /// Whether AMQP allows a name for parked messages of this queue.
    public static boolean mayExist(String queue) {
        return QueueNames.hasRoom(queue, MARK.length() + TOKEN_LENGTH);
    }

    /// The name of the queue for one message of this queue.
    ///
    /// @param token a UUID, new for each message
    /// @throws IllegalArgumentException when AMQP allows no such name
    public static String queueFor(String queue, String token) {
        QueueNames.require(queue, MARK.length() + TOKEN_LENGTH, "for long tasks");
        return queue + MARK + token;
    }

    /// The queue whose message is parked in this one; the name itself for any other.
    public static String queueOf(String name) {
        var parts = NAME.matcher(name);
        return parts.matches() ? parts.group(1) : name;
    }

    /// How the broker is told to send the message back. As the queues of delays: no message is dropped
    /// between two queues, whatever happens to the broker.
    ///
    /// @param backTo the queue to which the message goes when it is not renewed
    /// @param lease how long that takes
    public static Map<String, Object> arguments(String backTo, Duration lease) {
        return Map.of(
                "x-queue-type", "quorum",
                "x-overflow", "reject-publish",
                "x-dead-letter-strategy", "at-least-once",
                "x-dead-letter-exchange", "",
                "x-dead-letter-routing-key", backTo,
                "x-message-ttl", lease.toMillis(),
                "x-expires", lease.plus(LEFT_OVER).toMillis());
    }
}
