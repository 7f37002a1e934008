package dev.jtask.client.schedule;

import com.fasterxml.jackson.core.type.TypeReference;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.jtask.protocol.TypedJson;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// The last time of each schedule, kept in the broker: a durable queue that holds one message, so that it survives the
/// scheduler and its machine.
final class LastRuns {

    private static final long CONFIRM_TIMEOUT_MS = 10_000;
    private static final TypeReference<LinkedHashMap<String, String>> TYPE = new TypeReference<>() {};

    private final Channel channel;
    private final String queue;
    private final Map<String, String> times;
    private boolean changed;

    private LastRuns(Channel channel, String queue, Map<String, String> times) {
        this.channel = channel;
        this.queue = queue;
        this.times = times;
    }

    /// To be called by the one scheduler that holds the lock.
    static LastRuns load(Connection connection, String scheduler) throws IOException {
        var channel = connection.createChannel();
        var queue = "jtask.schedule.%s.last-runs".formatted(scheduler);
        channel.queueDeclare(queue, true, false, false, Map.of("x-max-length", 1));
        channel.confirmSelect();
        var kept = channel.basicGet(queue, false);
        if (kept == null) {
            return new LastRuns(channel, queue, new LinkedHashMap<>());
        }
        // put back: a newer message pushes it out, so there is never none
        channel.basicReject(kept.getEnvelope().getDeliveryTag(), true);
        return new LastRuns(channel, queue, TypedJson.mapper().readValue(kept.getBody(), TYPE));
    }

    /// The schedule's last time; for a new schedule where its times begin.
    Instant of(Schedule schedule, Instant now) {
        var kept = times.get(schedule.name());
        return kept == null ? schedule.timetable().start(now) : Instant.parse(kept);
    }

    void set(String schedule, Instant time) {
        changed |= !time.toString().equals(times.put(schedule, time.toString()));
    }

    /// Returns once the broker has what has changed.
    void save() throws IOException {
        if (!changed) {
            return;
        }
        channel.basicPublish(
                "",
                queue,
                MessageProperties.MINIMAL_PERSISTENT_BASIC,
                TypedJson.mapper().writeValueAsBytes(times));
        try {
            channel.waitForConfirmsOrDie(CONFIRM_TIMEOUT_MS);
            changed = false;
        } catch (TimeoutException e) {
            throw new IOException("the broker does not confirm the last runs in queue '%s'".formatted(queue), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while saving the last runs", e);
        }
    }
}
