package dev.jtask.client.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import dev.jtask.client.BrokerConnections;
import dev.jtask.client.BrokerOptions;
import dev.jtask.client.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Schedulers on a real broker.
@RabbitMqTest
class SchedulerIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final BrokerOptions broker;

    SchedulerIT(RabbitMqNode node) {
        this.broker = BrokerOptions.of(node.amqpUri());
    }

    @Test
    void two_of_one_name_send_each_time_once_and_one_takes_over() throws IOException {
        var schedules = List.of(Schedule.every("tick", Duration.ofSeconds(1), TaskRequest.of("t.tick"))
                .missed(MissedRuns.SEND_ALL));
        try (var connection = BrokerConnections.open(broker)) {
            var channel = connection.createChannel();
            var first = Scheduler.start(broker, "pair", "pair", schedules);
            var second = Scheduler.start(broker, "pair", "pair", schedules);
            var ids = new ArrayList<String>();
            try (second) {
                await().atMost(SOON).until(() -> collect(ids, channel) >= 3);
                first.close();
                int before = ids.size();
                await().atMost(SOON).until(() -> collect(ids, channel) >= before + 4);
            } finally {
                first.close();
            }
            assertThat(ids).doesNotHaveDuplicates();
        }
    }

    @Test
    void the_last_run_survives_the_scheduler() throws IOException {
        var once = List.of(Schedule.at("once", Instant.now(), TaskRequest.of("t.once")));
        try (var connection = BrokerConnections.open(broker)) {
            var channel = connection.createChannel();
            var ids = new ArrayList<String>();
            try (var scheduler = Scheduler.start(broker, "lasting", "lasting", once)) {
                await().atMost(SOON).until(() -> ids.addAll(take(channel, "lasting")));
                assertThat(scheduler).isNotNull();
            }

            var marker = Schedule.at("marker", Instant.now(), TaskRequest.of("t.marker"));
            try (var scheduler = Scheduler.start(broker, "lasting", "lasting", List.of(once.getFirst(), marker))) {
                await().atMost(SOON).until(() -> ids.addAll(take(channel, "lasting")));
                assertThat(scheduler).isNotNull();
            }

            // once and marker, not once twice
            assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void two_schedules_of_one_name_are_refused() {
        var schedule = Schedule.at("same", Instant.now(), TaskRequest.of("t.any"));

        assertThatThrownBy(() -> Scheduler.start(broker, "any", "any", List.of(schedule, schedule)))
                .hasMessageContaining("two schedules named 'same'");
    }

    private static int collect(List<String> ids, Channel channel) throws IOException {
        ids.addAll(take(channel, "pair"));
        return ids.size();
    }

    /// Ids of the tasks that are in the queue, which are taken out.
    private static List<String> take(Channel channel, String queue) throws IOException {
        channel.queueDeclare(queue, true, false, false, Map.of());
        var ids = new ArrayList<String>();
        for (var got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
            ids.add(got.getProps().getCorrelationId());
        }
        return ids;
    }
}
