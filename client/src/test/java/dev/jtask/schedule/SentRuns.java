package dev.jtask.schedule;

import com.rabbitmq.client.GetResponse;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The tasks that schedulers have put into a queue, taken out as they are looked at.
final class SentRuns {

    private final BrokerOptions broker;
    private final String queue;
    private final List<GetResponse> messages = new ArrayList<>();

    SentRuns(BrokerOptions broker, String queue) {
        this.broker = broker;
        this.queue = queue;
    }

    /// All so far, in order.
    List<GetResponse> messages() throws IOException {
        try (var connection = BrokerConnections.open(broker)) {
            var channel = connection.createChannel();
            channel.queueDeclare(queue, true, false, false, Map.of());
            for (var got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
                messages.add(got);
            }
        }
        return messages;
    }

    int count() throws IOException {
        return messages().size();
    }

    /// The times that they were sent for.
    List<Instant> times() throws IOException {
        return messages().stream()
                .map(message -> Instant.parse(header(message, Scheduler.TIME_HEADER)))
                .toList();
    }

    List<String> ids() throws IOException {
        return messages().stream()
                .map(message -> message.getProps().getCorrelationId())
                .toList();
    }

    /// How far each time is from the one before.
    List<Duration> distances() throws IOException {
        var times = times();
        var distances = new ArrayList<Duration>();
        for (int i = 1; i < times.size(); i++) {
            distances.add(Duration.between(times.get(i - 1), times.get(i)));
        }
        return distances;
    }

    static String header(GetResponse message, String name) {
        return String.valueOf(AmqpMessages.headers(message.getProps()).get(name));
    }
}
