package dev.jtask.operator.management;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.protocol.topology.Parked;
import dev.jtask.protocol.topology.Suspects;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is asked of a broker about some queues, and what becomes of its answers page by page: no more of them is kept
/// than the queues asked for need, however many there are.
///
/// It asks for pages of named columns: the form of the list call that returns queue totals and counters together and
/// lets the broker leave out what nobody asked for.
final class QueueListing {

    static final int PAGE_SIZE = 500;
    /// The broker's web server takes 4,096 bytes of request line; above this the names are not sent as a
    /// filter.
    private static final int LONGEST_FILTER = 1_500;

    private final Set<String> names;
    /// Those asked for and their suspects, by name.
    private final Map<String, QueueSample> found = new HashMap<>();
    /// How many messages of each are parked, in all of its queues for that.
    private final Map<String, Long> parked = new HashMap<>();
    /// A queue that comes while pages are read moves others to the next page.
    private Set<String> parkedBefore = Set.of();

    QueueListing(Set<String> names) {
        this.names = names;
    }

    /// @return the parameters of the question for a page
    static Map<String, String> query(Set<String> names, int page) {
        var query = new HashMap<String, String>();
        query.put("columns", String.join(",", ToldQueue.COLUMNS));
        query.put("page", Integer.toString(page));
        query.put("page_size", Integer.toString(PAGE_SIZE));
        filter(names).ifPresent(filter -> {
            query.put("name", filter);
            query.put("use_regex", "true");
        });
        return query;
    }

    /// @return empty where it would be too long, which a thousand names are not put together to find out
    private static Optional<String> filter(Set<String> names) {
        if (names.stream().mapToInt(String::length).sum() > LONGEST_FILTER) {
            return Optional.empty();
        }
        var filter = names.stream()
                .sorted()
                .map(name -> name.replaceAll("([^A-Za-z0-9_ -])", "\\\\$1"))
                .collect(Collectors.joining("|", "^(", ")(\\.suspects|\\.parked\\..+)?$"));
        return Optional.of(filter)
                .filter(each -> each.length() <= LONGEST_FILTER && Pattern.matches("\\p{ASCII}*", each));
    }

    /// Whether a queue is one of these, or belongs to one.
    boolean concerns(String queue) {
        return isNamed(queue) || names.contains(Parked.queueOf(queue));
    }

    private boolean isNamed(String queue) {
        return names.contains(queue) || names.contains(Suspects.queueOf(queue));
    }

    boolean has(String name) {
        return found.containsKey(name);
    }

    /// Takes a queue as it is.
    void put(QueueSample queue) {
        found.put(queue.name(), queue);
    }

    /// Takes in a page; the next one comes after it in the order of names.
    void add(Collection<QueueSample> page) {
        var parkedHere = new HashSet<String>();
        for (var queue : page) {
            if (isNamed(queue.name())) {
                put(queue);
            } else if (concerns(queue.name())) {
                parkedHere.add(queue.name());
                if (!parkedBefore.contains(queue.name())) {
                    parked.merge(Parked.queueOf(queue.name()), messages(queue), Long::sum);
                }
            }
        }
        parkedBefore = parkedHere;
    }

    /// Takes a queue's suspects for messages that wait in it: they need a worker as well, and a pool that is
    /// at zero would leave them where they are. Parked messages are those of tasks that run: no delivery of
    /// them is open, and the pool is not idle all the same.
    ///
    /// @return one for each of the names that was found
    Map<String, QueueSample> whole() {
        var samples = new HashMap<String, QueueSample>();
        for (var name : names) {
            var queue = found.get(name);
            var suspects = Suspects.mayExist(name) ? found.get(Suspects.queueFor(name)) : null;
            if (queue != null) {
                samples.put(name, suspects == null ? queue : plus(queue, suspects));
            }
        }
        parked.forEach((of, messages) -> samples.computeIfPresent(of, (name, queue) -> running(queue, messages)));
        return samples;
    }

    private static long messages(QueueSample queue) {
        return Objects.requireNonNullElse(queue.ready(), 0L) + Objects.requireNonNullElse(queue.unacked(), 0L);
    }

    private static QueueSample running(QueueSample queue, long parked) {
        return new QueueSample(
                queue.name(),
                queue.ready(),
                plus(queue.unacked(), parked),
                queue.consumers(),
                queue.published(),
                queue.acked(),
                queue.told(),
                queue.down());
    }

    private static QueueSample plus(QueueSample queue, QueueSample suspects) {
        return new QueueSample(
                queue.name(),
                plus(queue.ready(), suspects.ready()),
                plus(queue.unacked(), suspects.unacked()),
                queue.consumers(),
                queue.published(),
                queue.acked(),
                queue.told(),
                queue.down());
    }

    private static @Nullable Long plus(@Nullable Long known, @Nullable Long more) {
        return known == null || more == null ? known : Long.valueOf(known + more);
    }
}
