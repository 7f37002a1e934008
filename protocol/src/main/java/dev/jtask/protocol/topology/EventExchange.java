package dev.jtask.protocol.topology;

import dev.jtask.protocol.message.Route;
import java.util.Map;

/// Where Celery's workers tell what happens, and where Flower, `celery events` and others listen.
public final class EventExchange {

    /// All events, keyed by their type.
    public static final Exchange EVENTS = new Exchange("celeryev", Exchange.Type.TOPIC, Exchange.Life.DURABLE);

    /// The type of a message that holds an array of task events.
    public static final String BATCH = "task-multi";

    /// The binding key of who wants all events.
    public static final String ALL = "#";

    /// The binding key of who wants the tasks' events only.
    public static final String TASKS = "task.#";

    /// The binding key of who wants the workers' events only.
    public static final String WORKERS = "worker.#";

    /// Of a listener's queue: an event is kept for five seconds, an unused queue for a minute, both as with Celery; of
    /// more than so many the oldest give way.
    public static final Map<String, Object> QUEUE_ARGUMENTS =
            Map.of("x-message-ttl", 5_000, "x-expires", 60_000, "x-max-length", 10_000);

    private EventExchange() {}

    /// Where an event of this type is published: the type's dashes are the key's dots.
    public static Route route(String type) {
        return new Route(EVENTS.name(), type.replace('-', '.'));
    }

    /// The name of a listener's queue.
    public static String listener(String id) {
        return EVENTS.name() + "." + id;
    }
}
