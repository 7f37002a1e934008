package dev.jtask.client.schedule;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.client.BrokerConnections;
import dev.jtask.client.BrokerOptions;
import dev.jtask.client.PublishException;
import dev.jtask.client.TaskClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time during which this scheduler is the one of its name: as long as its connection holds an exclusive queue.
/// Everything is sent over that same connection, so that a scheduler that has lost the lock can no longer send.
final class Term implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Term.class);

    private final Connection connection;
    private final TaskClient client;
    private final LastRuns lastRuns;
    private final String scheduler;

    private Term(Connection connection, TaskClient client, LastRuns lastRuns, String scheduler) {
        this.connection = connection;
        this.client = client;
        this.lastRuns = lastRuns;
        this.scheduler = scheduler;
    }

    /// Empty while another scheduler of this name is at work.
    static Optional<Term> begin(BrokerOptions broker, String scheduler, String queue) throws IOException {
        var connection = BrokerConnections.open(broker.named("jtask-scheduler " + scheduler));
        try {
            if (!lock(connection, scheduler)) {
                connection.abort();
                return Optional.empty();
            }
            return Optional.of(new Term(
                    connection, TaskClient.over(connection, queue), LastRuns.load(connection, scheduler), scheduler));
        } catch (IOException | RuntimeException e) {
            connection.abort();
            throw e;
        }
    }

    private static boolean lock(Connection connection, String scheduler) throws IOException {
        var channel = connection.createChannel();
        try {
            channel.queueDeclare("jtask.schedule.%s.lock".formatted(scheduler), false, true, true, Map.of());
            return true;
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.RESOURCE_LOCKED) {
                return false;
            }
            throw e;
        }
    }

    /// Sends what is due. The time is noted after the task is in its queue: a crash in between sends it again, with the
    /// same id.
    void send(List<Schedule> schedules, Instant now) throws IOException {
        for (var schedule : schedules) {
            var due = DueRuns.of(schedule, lastRuns.of(schedule, now), now);
            try {
                due.send().forEach(time -> client.send(schedule.task().ignoringResult(), id(schedule, time)));
                lastRuns.set(schedule.name(), due.last());
            } catch (PublishException e) {
                // one queue that is full must not stop the other schedules; the next tick tries again
                LOG.warn("schedule '{}' is not sent: {}", schedule.name(), e.getMessage());
            }
        }
        lastRuns.save();
    }

    boolean isOver() {
        return !connection.isOpen();
    }

    @Override
    public void close() {
        connection.abort();
    }

    private String id(Schedule schedule, Instant time) {
        return UUID.nameUUIDFromBytes(
                        "%s/%s/%s".formatted(scheduler, schedule.name(), time).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
