package dev.jtask.operator.management;

import com.rabbitmq.http.client.domain.MessageStats;
import com.rabbitmq.http.client.domain.Page;
import com.rabbitmq.http.client.domain.QueryParameters;
import com.rabbitmq.http.client.domain.QueueInfo;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.protocol.topology.Parked;
import dev.jtask.protocol.topology.Suspects;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is asked of a broker about its queues, and what its answer says of one.
///
/// It asks for a page of named columns: the form of the list call that returns queue totals and counters
/// together and lets the broker leave out what nobody asked for.
final class QueueListing {

    private static final int PAGE_SIZE = 500;
    /// The broker's web server takes 4,096 bytes of request line; above this the names are not sent as a
    /// filter.
    private static final int LONGEST_FILTER = 1_500;

    private static final List<String> COLUMNS = List.of(
            "name",
            "messages_ready",
            "messages_unacknowledged",
            "consumers",
            "message_stats.publish",
            "message_stats.ack");

    private QueueListing() {}

    static QueryParameters query(Set<String> names) {
        var query = new QueryParameters();
        var columns = query.columns();
        COLUMNS.forEach(columns::add);
        var filter = names.stream()
                .sorted()
                .map(name -> name.replaceAll("([^A-Za-z0-9_ -])", "\\\\$1"))
                .collect(Collectors.joining("|", "^(", ")(\\.suspects|\\.parked\\..+)?$"));
        if (filter.length() <= LONGEST_FILTER && Pattern.matches("\\p{ASCII}*", filter)) {
            query.name(filter, true);
        }
        return query.pagination().pageSize(PAGE_SIZE).query();
    }

    /// @throws NotManagementException when the answer is none to this question
    static List<QueueInfo> items(Page<QueueInfo> page) {
        var items = page.getItems();
        if (items == null || page.getPage() < 1) {
            throw new NotManagementException("its answer has no page of queues", null);
        }
        var queues = Arrays.asList(items);
        if (queues.stream().anyMatch(queue -> queue == null || queue.getName() == null)) {
            throw new NotManagementException("its answer lists a queue without a name", null);
        }
        return queues;
    }

    /// Whether a queue is one of these, or belongs to one.
    static boolean concerns(Set<String> names, String queue) {
        return names.contains(queue)
                || names.contains(Suspects.queueOf(queue))
                || names.contains(Parked.queueOf(queue));
    }

    /// Takes a queue's suspects for messages that wait in it: they need a worker as well, and a pool that is
    /// at zero would leave them where they are. Parked messages are those of tasks that run: no delivery of
    /// them is open, and the pool is not idle all the same.
    ///
    /// @param found samples by name, with those of suspects and of parked messages
    /// @return one for each of the names that was found
    static Map<String, QueueSample> whole(Set<String> names, Map<String, QueueSample> found) {
        var samples = new HashMap<String, QueueSample>();
        for (var name : names) {
            var queue = found.get(name);
            var suspects = Suspects.mayExist(name) ? found.get(Suspects.queueFor(name)) : null;
            if (queue != null) {
                samples.put(name, suspects == null ? queue : plus(queue, suspects));
            }
        }
        found.forEach((name, parked) -> {
            if (!names.contains(name)) {
                samples.computeIfPresent(Parked.queueOf(name), (of, queue) -> running(queue, parked));
            }
        });
        return samples;
    }

    private static QueueSample running(QueueSample queue, QueueSample parked) {
        return new QueueSample(
                queue.name(),
                queue.ready(),
                plus(plus(queue.unacked(), parked.ready()), parked.unacked()),
                queue.consumers(),
                queue.published(),
                queue.acked(),
                queue.told());
    }

    private static QueueSample plus(QueueSample queue, QueueSample suspects) {
        return new QueueSample(
                queue.name(),
                plus(queue.ready(), suspects.ready()),
                plus(queue.unacked(), suspects.unacked()),
                queue.consumers(),
                queue.published(),
                queue.acked(),
                queue.told());
    }

    private static @Nullable Long plus(@Nullable Long known, @Nullable Long more) {
        return known == null || more == null ? known : Long.valueOf(known + more);
    }

    static QueueSample sample(QueueInfo queue) {
        @Nullable MessageStats counted = queue.getMessageStats();
        // a queue that never had a message of one kind has no counter for it: zero, if there are counters at all
        return new QueueSample(
                queue.getName(),
                known(queue.getMessagesReady()),
                known(queue.getMessagesUnacknowledged()),
                known(queue.getConsumerCount()),
                counted == null ? null : known(counted.getBasicPublish()),
                counted == null ? null : known(counted.getAck()));
    }

    private static @Nullable Long known(long value) {
        return value < 0 ? null : Long.valueOf(value);
    }
}
