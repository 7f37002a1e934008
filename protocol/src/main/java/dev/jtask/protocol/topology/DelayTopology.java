package dev.jtask.protocol.topology;

import dev.jtask.protocol.message.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Celery 5.5's delayed delivery: 28 levels of queues, each twice as slow as the one below, through which a message
/// falls according to the binary digits of its delay. A delay waits in the broker, whatever happens to workers.
///
/// Task queues are bound to the last exchange directly, so the scheme serves default (direct) queues as well. Celery
/// binds them with `#.queue`, which also takes the messages of every longer name that ends in this one; here the
/// binding has exactly the 28 digits before the name.
public final class DelayTopology {

    /// 2^28 - 1 seconds, about eight and a half years; a longer delay waits again.
    public static final long MAX_SECONDS = (1L << 28) - 1;

    /// The exchange from which waiting messages reach their queues.
    public static final String EXIT = "celery_delayed_delivery";

    private static final int LEVELS = 28;
    private static final String ENTRY = name(LEVELS - 1);

    private DelayTopology() {}

    /// One level: an exchange and a queue of one name.
    ///
    /// @param name of the exchange and of the queue
    /// @param below the exchange of the next level, or the exit
    /// @param queueArguments as Celery declares it
    /// @param waitingKey binds the queue to the exchange: messages that wait here
    /// @param passingKey binds the exchange below: messages that do not
    public record Level(
            String name, String below, Map<String, Object> queueArguments, String waitingKey, String passingKey) {}

    /// All levels, the slowest first.
    public static List<Level> levels() {
        return IntStream.range(0, LEVELS)
                .mapToObj(passed -> level(LEVELS - 1 - passed))
                .collect(Collectors.toUnmodifiableList());
    }

    /// Where a message is published that shall reach the queue after the delay.
    ///
    /// @param delay counted in whole seconds
    /// @throws IllegalArgumentException when no message could reach a queue of this name through topics
    public static Route route(String queue, Duration delay) {
        requireTopic(queue);
        long seconds = Math.min(Math.max(0, delay.toSeconds()), MAX_SECONDS);
        var key = new StringBuilder(2 * LEVELS + queue.length());
        for (int level = LEVELS - 1; level >= 0; level--) {
            key.append((seconds >> level) & 1).append('.');
        }
        return new Route(ENTRY, key.append(queue).toString());
    }

    /// The queue in the routing key of [#route].
    public static String queue(String routingKey) {
        return routingKey.substring(2 * LEVELS);
    }

    /// The delay in the routing key of [#route].
    public static Duration delay(String routingKey) {
        return Duration.ofSeconds(
                Long.parseLong(routingKey.substring(0, 2 * LEVELS).replace(".", ""), 2));
    }

    /// With what a queue is bound to the exit.
    ///
    /// @throws IllegalArgumentException when no message could reach a queue of this name through topics
    public static String bindingKey(String queue) {
        requireTopic(queue);
        return "*.".repeat(LEVELS) + queue;
    }

    private static void requireTopic(String queue) {
        for (var word : queue.split("\\.", -1)) {
            if (word.equals("*") || word.equals("#")) {
                throw new IllegalArgumentException(
                        "queue %s has the word %s, which stands for other names: nothing can wait for it; rename the queue, or send without a delay"
                                .formatted(queue, word));
            }
        }
        QueueNames.require(queue, 2 * LEVELS, "for a delay");
    }

    private static Level level(int level) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("x-queue-type", "quorum");
        arguments.put("x-overflow", "reject-publish");
        arguments.put("x-dead-letter-strategy", "at-least-once");
        arguments.put("x-message-ttl", (1L << level) * 1000);
        arguments.put("x-dead-letter-exchange", below(level));
        var passed = "*.".repeat(LEVELS - 1 - level);
        return new Level(name(level), below(level), Map.copyOf(arguments), passed + "1.#", passed + "0.#");
    }

    private static String name(int level) {
        return "celery_delayed_" + level;
    }

    private static String below(int level) {
        return level == 0 ? EXIT : name(level - 1);
    }
}
