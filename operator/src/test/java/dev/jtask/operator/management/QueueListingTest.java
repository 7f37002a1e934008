package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.http.client.domain.MessageStats;
import com.rabbitmq.http.client.domain.QueueInfo;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.protocol.topology.Parked;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueListingTest {

    @Test
    void asksForNamedColumnsOfNamedQueues() {
        assertThat(QueueListing.query(Set.of("b", "a.b|c")).parameters())
                .containsEntry("name", "^(a\\.b\\|c|b)(\\.suspects|\\.parked\\..+)?$")
                .containsEntry("use_regex", "true")
                .containsEntry("page_size", "500")
                .hasEntrySatisfying(
                        "columns", columns -> assertThat(columns).contains("messages_ready", "message_stats.publish"));
    }

    @Test
    void asksForAllQueuesWhenTheNamesDoNotFitIntoALine() {
        var many =
                IntStream.range(0, 200).mapToObj(i -> "a-long-queue-name-" + i).collect(Collectors.toSet());

        assertThat(QueueListing.query(many).parameters()).doesNotContainKey("name");
        assertThat(QueueListing.query(Set.of("größe")).parameters()).doesNotContainKey("name");
    }

    @Test
    void takesAQueueAsItIsWhoseNameLeavesNoRoomForSuspects() {
        var name = "é".repeat(127);
        var queue = new QueueSample(name, 1L, 0L, 0L, 1L, 0L);

        assertThat(QueueListing.whole(Set.of(name), Map.of(name, queue))).containsExactly(Map.entry(name, queue));
    }

    @Test
    void takesSuspectsForWaitingMessagesOfTheirQueue() {
        var orders = new QueueSample("orders", 0L, 1L, 2L, 10L, 9L);
        var suspects = new QueueSample("orders.suspects", 3L, 1L, 0L, 4L, 0L);

        assertThat(QueueListing.whole(
                        Set.of("orders", "missing"), Map.of("orders", orders, "orders.suspects", suspects)))
                .isEqualTo(Map.of("orders", new QueueSample("orders", 3L, 2L, 2L, 10L, 9L, 0L)));
    }

    @Test
    void takesWhatTheBrokerDoesNotSayForUnknown() {
        var fresh = new QueueInfo();
        fresh.setName("orders");
        fresh.setMessagesReady(-1);
        fresh.setMessagesUnacknowledged(2);
        fresh.setConsumerCount(1);

        assertThat(QueueListing.sample(fresh)).isEqualTo(new QueueSample("orders", null, 2L, 1L, null, null));
    }

    @Test
    void takesACounterThatIsNotThereForZeroWhenThereAreCounters() {
        var used = new QueueInfo();
        used.setName("orders");
        var counted = new MessageStats();
        counted.setBasicPublish(7);
        used.setMessageStats(counted);

        var sample = QueueListing.sample(used);

        assertThat(sample.published()).isEqualTo(7);
        assertThat(sample.acked()).isZero();
    }

    @Test
    void whatIsParkedRuns() {
        var name = Parked.queueFor("orders", UUID.randomUUID().toString());
        var orders = new QueueSample("orders", 5L, 2L, 1L, 9L, 8L);
        var parked = new QueueSample(name, 1L, 0L, 0L, 1L, 0L);

        assertThat(QueueListing.concerns(Set.of("orders"), name)).isTrue();
        assertThat(QueueListing.concerns(Set.of("other"), name)).isFalse();
        assertThat(QueueListing.whole(Set.of("orders"), Map.of("orders", orders, name, parked)))
                .containsExactly(Map.entry("orders", new QueueSample("orders", 5L, 3L, 1L, 9L, 8L)));
    }
}
