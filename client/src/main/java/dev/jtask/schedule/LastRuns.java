package dev.jtask.schedule;

import com.fasterxml.jackson.core.type.TypeReference;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.Return;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.json.TypedJson;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How far each schedule has come, kept in the broker: a durable queue that holds one message, so that it survives the
/// scheduler and its machine.
final class LastRuns {

    private static final String SUFFIX = ".last-runs";
    private static final Map<String, Object> ARGUMENTS = Map.of("x-max-length", 1);
    private static final int LOOKS = 20;
    private static final long LOOK_AGAIN_MS = 100;
    private static final TypeReference<LinkedHashMap<String, Run>> TYPE = new TypeReference<>() {};

    private final String queue;
    private final Map<String, Run> runs;

    private LastRuns(String queue, Map<String, Run> runs) {
        this.queue = queue;
        this.runs = runs;
    }

    /// To be called by the one scheduler that holds the lock.
    ///
    /// @param before what this scheduler knew when it was at work last: counts where it is later, or the queue was
    /// deleted
    /// @param closing ends the waiting
    static LastRuns load(Connection connection, String scheduler, LastRuns before, CountDownLatch closing)
            throws IOException, InterruptedException {
        var queue = queue(scheduler);
        try {
            boolean known = Queues.exists(connection, queue);
            var channel = connection.createChannel();
            channel.queueDeclare(queue, true, false, false, ARGUMENTS);
            var kept = channel.basicGet(queue, false);
            // the scheduler before may have ended while it looked; then the broker puts the message back in a moment
            for (int look = 1; known && kept == null && look < LOOKS; look++) {
                closing.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                kept = channel.basicGet(queue, false);
            }
            // puts the message back; a newer one pushes it out, so there is never none
            channel.abort();
            var runs = new LinkedHashMap<>(before.runs);
            if (kept != null) {
                // what was sent just before a connection was lost may not be noted
                read(queue, kept.getBody()).forEach((name, run) -> runs.merge(name, run, Run::later));
            }
            return new LastRuns(queue, runs);
        } catch (IOException e) {
            throw new IOException(
                    "cannot read the last runs from queue '%s': %s".formatted(queue, Queues.reason(e)), e);
        }
    }

    /// Of a scheduler that starts for the first time.
    static LastRuns none(String scheduler) {
        return new LastRuns(queue(scheduler), new LinkedHashMap<>());
    }

    Optional<Run> of(String schedule) {
        return Optional.ofNullable(runs.get(schedule));
    }

    /// These runs with one changed.
    LastRuns with(String schedule, Instant settled, @Nullable Instant sent) {
        var changed = new LinkedHashMap<>(runs);
        changed.put(schedule, Run.of(settled, sent));
        return new LastRuns(queue, changed);
    }

    /// Makes the queue where somebody has deleted it.
    void ensure(Connection connection) throws IOException {
        if (!Queues.exists(connection, queue)) {
            Channels.on(connection, channel -> channel.queueDeclare(queue, true, false, false, ARGUMENTS));
        }
    }

    /// Comes back where there is no queue.
    void publish(Channel channel) throws IOException {
        channel.basicPublish(
                "",
                queue,
                true,
                MessageProperties.MINIMAL_PERSISTENT_BASIC,
                TypedJson.mapper().writeValueAsBytes(runs));
    }

    String queue() {
        return queue;
    }

    static String queue(String scheduler) {
        return "jtask.schedule.%s%s".formatted(scheduler, SUFFIX);
    }

    static boolean isNote(Return message) {
        return message.getExchange().isEmpty() && message.getRoutingKey().endsWith(SUFFIX);
    }

    private static Map<String, Run> read(String queue, byte[] body) throws IOException {
        try {
            return TypedJson.mapper().readValue(body, TYPE);
        } catch (IOException e) {
            throw new IOException("its message is not a scheduler's; purge '%s' to begin anew".formatted(queue), e);
        }
    }

    /// @param settled up to here nothing is left to do, as text
    /// @param sent the last time that a task was sent for, as text; null when there was none
    record Run(String settled, @Nullable String sent) {

        Run {
            Instant.parse(settled);
            if (sent != null) {
                Instant.parse(sent);
            }
        }

        static Run of(Instant settled, @Nullable Instant sent) {
            return new Run(settled.toString(), sent == null ? null : sent.toString());
        }

        Run later(Run other) {
            return other.settledTime().isAfter(settledTime()) ? other : this;
        }

        Instant settledTime() {
            return Instant.parse(settled);
        }

        @Nullable
        Instant sentTime() {
            return sent == null ? null : Instant.parse(sent);
        }
    }
}
