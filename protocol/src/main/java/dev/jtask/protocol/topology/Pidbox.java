package dev.jtask.protocol.topology;

import dev.jtask.protocol.message.Route;
import java.util.Map;

/// Where Celery's remote control goes: each request to every worker's mailbox, each reply to the queue of whoever
/// asked.
///
/// Mailboxes and reply queues are exclusive and not durable: RabbitMQ 4.3 refuses such queues to Celery 5.6, which does
/// not make them exclusive.
public final class Pidbox {

    /// Requests, with an empty routing key.
    public static final Exchange REQUESTS =
            new Exchange("celery.pidbox", Exchange.Type.FANOUT, Exchange.Life.TRANSIENT);

    /// Replies, each with the key that the request names.
    public static final Exchange REPLIES =
            new Exchange("reply.celery.pidbox", Exchange.Type.DIRECT, Exchange.Life.TRANSIENT);

    /// Of mailboxes and reply queues: a message is kept for five minutes, an unused queue for ten seconds.
    public static final Map<String, Object> QUEUE_ARGUMENTS = Map.of("x-message-ttl", 300_000, "x-expires", 10_000);

    private Pidbox() {}

    /// The queue in which a worker gets its requests.
    public static String mailbox(String node) {
        return node + "." + REQUESTS.name();
    }

    /// The queue in which whoever asked under this key gets the replies.
    public static String replyQueue(String key) {
        return key + "." + REPLIES.name();
    }

    /// To all mailboxes.
    public static Route toWorkers() {
        return new Route(REQUESTS.name(), "");
    }

    /// To whoever asked under this key.
    public static Route toSender(String key) {
        return new Route(REPLIES.name(), key);
    }
}
