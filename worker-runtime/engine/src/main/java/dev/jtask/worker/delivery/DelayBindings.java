package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.Delays;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Binds each queue that is consumed to the exit of the broker's delays, as Celery's workers do at start: a delayed
/// message must find its way also when this worker never delayed one, and when its queue was declared anew meanwhile.
final class DelayBindings {

    private static final Logger LOG = LoggerFactory.getLogger(DelayBindings.class);
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final Connection connection;
    private final Map<String, QueueConsumer> bound = new HashMap<>();
    private boolean declared;
    private int failures;
    private long nextTry = System.nanoTime();

    DelayBindings(Connection connection) {
        this.connection = connection;
    }

    /// @param consumers a new one may be of a queue that was deleted before
    void look(List<QueueConsumer> consumers) {
        var unbound = consumers.stream()
                .filter(consumer -> bound.get(consumer.queue()) != consumer)
                .toList();
        if (unbound.isEmpty() || System.nanoTime() - nextTry < 0) {
            return;
        }
        boolean all = declared || declare();
        declared = all;
        if (declared) {
            for (var consumer : unbound) {
                all &= bind(consumer);
            }
        }
        failures = all ? 0 : failures + 1;
        nextTry = System.nanoTime() + (all ? 0 : PAUSES.after(failures).toNanos());
    }

    private boolean declare() {
        try {
            Delays.declare(connection);
            return true;
        } catch (IOException | ShutdownSignalException e) {
            refused("the broker refuses the delayed-delivery topology", e);
            return false;
        }
    }

    private boolean bind(QueueConsumer consumer) {
        try {
            Delays.bind(connection, consumer.queue());
            bound.put(consumer.queue(), consumer);
            return true;
        } catch (IllegalArgumentException e) {
            // its name allows no delays, which will not change, and is no reason why the others should have none
            LOG.warn("no delayed messages: {}", e.getMessage());
            bound.put(consumer.queue(), consumer);
            return true;
        } catch (IOException | ShutdownSignalException e) {
            refused("the broker does not let queue '%s' be bound for delays".formatted(consumer.queue()), e);
            return false;
        }
    }

    private void refused(String what, Exception failure) {
        if (failures == 0 && connection.isOpen()) {
            LOG.warn(
                    "{} ({}); delays are held in workers, unacknowledged, until exchanges and queues named celery_delayed*"
                            + " may be declared and bound",
                    what,
                    failure instanceof IOException cause ? Queues.reason(cause) : failure.getMessage());
        }
    }
}
