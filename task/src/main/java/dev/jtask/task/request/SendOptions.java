package dev.jtask.task.request;

import dev.jtask.protocol.message.OwnHeaders;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TimeLimits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a task is sent and run: Celery's `apply_async` options.
///
/// @param route null for the client's default queue
/// @param eta not to be run before; it waits in the broker
/// @param expires not to be run after; the task is then REVOKED
/// @param timeLimits beat the task's own
/// @param priority 0..255, higher is sooner; needs a queue with `maxPriority`
/// @param headers of the sender's own: no name of Celery's or the broker's, and values that AMQP carries
public record SendOptions(
        @Nullable Route route,
        @Nullable Moment eta,
        @Nullable Moment expires,
        TimeLimits timeLimits,
        int priority,
        Reply reply,
        PublishRetry publishRetry,
        Map<String, @Nullable Object> headers) {

    static final SendOptions DEFAULT =
            new SendOptions(null, null, null, TimeLimits.NONE, 0, Reply.EXPECTED, PublishRetry.DEFAULT, Map.of());

    public SendOptions {
        if (priority < 0 || priority > 255) {
            throw new IllegalArgumentException("priority must be 0 to 255, not " + priority);
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        OwnHeaders.require(headers);
    }

    SendOptions route(Route value) {
        return new SendOptions(value, eta, expires, timeLimits, priority, reply, publishRetry, headers);
    }

    SendOptions eta(Moment value) {
        return new SendOptions(route, value, expires, timeLimits, priority, reply, publishRetry, headers);
    }

    SendOptions expires(Moment value) {
        return new SendOptions(route, eta, value, timeLimits, priority, reply, publishRetry, headers);
    }

    SendOptions timeLimits(TimeLimits value) {
        return new SendOptions(route, eta, expires, value, priority, reply, publishRetry, headers);
    }

    SendOptions priority(int value) {
        return new SendOptions(route, eta, expires, timeLimits, value, reply, publishRetry, headers);
    }

    SendOptions reply(Reply value) {
        return new SendOptions(route, eta, expires, timeLimits, priority, value, publishRetry, headers);
    }

    SendOptions publishRetry(PublishRetry value) {
        return new SendOptions(route, eta, expires, timeLimits, priority, reply, value, headers);
    }

    SendOptions header(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SendOptions(route, eta, expires, timeLimits, priority, reply, publishRetry, more);
    }
}
