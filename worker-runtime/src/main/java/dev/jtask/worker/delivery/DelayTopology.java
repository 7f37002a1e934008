package dev.jtask.worker.delivery;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// Celery 5.5's delayed delivery: 28 levels of queues, each twice as slow as the one below, through which a message
/// falls according to the binary digits of its delay. A delay waits in the broker, whatever happens to workers.
///
/// Task queues are bound to the last exchange directly, so the scheme serves default (direct) queues as well.
final class DelayTopology {

    /// 2^28 - 1 seconds, about eight and a half years.
    static final long MAX_SECONDS = (1L << 28) - 1;
    static final String ENTRY = "celery_delayed_27";

    private static final String EXIT = "celery_delayed_delivery";
    private static final int LEVELS = 28;

    private DelayTopology() {}

    /// The routing key for a delay of whole seconds: 28 binary digits, then the queue.
    static String routingKey(long seconds, String queue) {
        var key = new StringBuilder();
        for (int level = LEVELS - 1; level >= 0; level--) {
            key.append((seconds >> level) & 1).append('.');
        }
        return key.append(queue).toString();
    }

    /// Declares everything, on a channel of its own since a refusal closes it.
    static void declare(Connection connection) throws IOException {
        try (var channel = connection.createChannel()) {
            for (int level = LEVELS - 1; level >= 0; level--) {
                channel.exchangeDeclare(name(level), BuiltinExchangeType.TOPIC, true);
            }
            channel.exchangeDeclare(EXIT, BuiltinExchangeType.TOPIC, true);
            for (int level = LEVELS - 1; level >= 0; level--) {
                declareLevel(channel, level);
            }
        } catch (TimeoutException e) {
            throw new IOException("the broker did not close the channel in time", e);
        }
    }

    /// Lets delayed messages for this queue out.
    static void bind(Connection connection, String queue) throws IOException {
        try (var channel = connection.createChannel()) {
            channel.queueBind(queue, EXIT, "#." + queue);
        } catch (TimeoutException e) {
            throw new IOException("the broker did not close the channel in time", e);
        }
    }

    private static void declareLevel(Channel channel, int level) throws IOException {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("x-queue-type", "quorum");
        arguments.put("x-overflow", "reject-publish");
        arguments.put("x-dead-letter-strategy", "at-least-once");
        arguments.put("x-message-ttl", (1L << level) * 1000);
        arguments.put("x-dead-letter-exchange", below(level));
        channel.queueDeclare(name(level), true, false, false, arguments);
        var passed = "*.".repeat(LEVELS - 1 - level);
        channel.queueBind(name(level), name(level), passed + "1.#");
        channel.exchangeBind(below(level), name(level), passed + "0.#");
    }

    private static String name(int level) {
        return "celery_delayed_" + level;
    }

    private static String below(int level) {
        return level == 0 ? EXIT : name(level - 1);
    }
}
