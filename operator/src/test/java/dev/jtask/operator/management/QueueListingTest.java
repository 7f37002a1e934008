package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.protocol.topology.Parked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueListingTest {

    @Test
    void asksForNamedColumnsOfNamedQueues() {
        assertThat(QueueListing.query(Set.of("b", "a.b|c"), 3))
                .containsEntry("name", "^(a\\.b\\|c|b)(\\.suspects|\\.parked\\..+)?$")
                .containsEntry("use_regex", "true")
                .containsEntry("page", "3")
                .containsEntry("page_size", "500")
                .hasEntrySatisfying(
                        "columns", columns -> assertThat(columns).contains("messages_ready", "message_stats.publish"));
    }

    @Test
    void asksForAllQueuesWhenTheNamesDoNotFitIntoALine() {
        var many =
                IntStream.range(0, 200).mapToObj(i -> "a-long-queue-name-" + i).collect(Collectors.toSet());

        assertThat(QueueListing.query(many, 1)).doesNotContainKey("name");
        assertThat(QueueListing.query(Set.of("größe"), 1)).doesNotContainKey("name");
    }

    @Test
    void takesAQueueAsItIsWhoseNameLeavesNoRoomForSuspects() {
        var name = "é".repeat(127);
        var queue = new QueueSample(name, 1L, 0L, 0L, 1L, 0L);

        assertThat(whole(Set.of(name), queue)).containsExactly(Map.entry(name, queue));
    }

    @Test
    void takesSuspectsForWaitingMessagesOfTheirQueue() {
        var orders = new QueueSample("orders", 0L, 1L, 2L, 10L, 9L);
        var suspects = new QueueSample("orders.suspects", 3L, 1L, 0L, 4L, 0L);

        assertThat(whole(Set.of("orders", "missing"), orders, suspects))
                .isEqualTo(Map.of("orders", new QueueSample("orders", 3L, 2L, 2L, 10L, 9L, 0L)));
    }

    @Test
    void whatIsParkedRuns() {
        var orders = new QueueSample("orders", 5L, 2L, 1L, 9L, 8L);

        assertThat(new QueueListing(Set.of("orders")).concerns(parked().name())).isTrue();
        assertThat(new QueueListing(Set.of("other")).concerns(parked().name())).isFalse();
        assertThat(whole(Set.of("orders"), orders, parked(), parked(), parked(null)))
                .containsExactly(Map.entry("orders", new QueueSample("orders", 5L, 4L, 1L, 9L, 8L)));
    }

    @Test
    void aQueueThatMovesToTheNextPageIsCountedOnce() {
        var listing = new QueueListing(Set.of("orders"));
        var moves = parked();

        listing.add(List.of(new QueueSample("orders", 5L, 2L, 1L, 9L, 8L), parked(), moves));
        listing.add(List.of(moves, parked()));

        assertThat(listing.whole()).containsExactly(Map.entry("orders", new QueueSample("orders", 5L, 5L, 1L, 9L, 8L)));
    }

    private static Map<String, QueueSample> whole(Set<String> names, QueueSample... found) {
        var listing = new QueueListing(names);
        listing.add(List.of(found));
        return listing.whole();
    }

    private static QueueSample parked() {
        return parked(1L);
    }

    private static QueueSample parked(@Nullable Long messages) {
        var name = Parked.queueFor("orders", UUID.randomUUID().toString());
        return new QueueSample(name, messages, 0L, 0L, 1L, 0L);
    }
}
