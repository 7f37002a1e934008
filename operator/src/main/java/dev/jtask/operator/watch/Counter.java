package dev.jtask.operator.watch;

import dev.jtask.operator.depth.Depths;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.protocol.time.Wait;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts the messages of a broker's queues. Pools may have users of their own: all are counted by one of them, and by
/// another when that one does not get through.
final class Counter {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /// So many at a time where nothing but the time of an empty pool's first pod depends on it.
    private static final int SOME = 100;

    /// As old as the figures of the management API may be.
    private static final Duration RECENT = Duration.ofSeconds(10);

    private record Count(long messages, Wait fresh) {}

    private final Map<String, Count> last = new ConcurrentHashMap<>();
    private final Function<AmqpAccess, Depths> open;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable AmqpAccess door;
    private @Nullable Depths depths;
    /// Since nothing was answered, null while something is.
    private @Nullable Wait patience;
    private int next;
    private boolean closed;

    Counter(Function<AmqpAccess, Depths> open, Clock clock) {
        this.open = open;
        this.clock = clock;
    }

    /// @param doors by any of which they may be counted
    /// @return by queue, without those that could not be counted
    Map<String, Long> count(Collection<String> queues, Set<AmqpAccess> doors) {
        if (doors.isEmpty() || queues.isEmpty()) {
            return Map.of();
        }
        if (!hasTurn()) {
            return Map.of();
        }
        try {
            var counted = closed ? Map.<String, Long>of() : through(doors).count(queues);
            var fresh = Wait.of(clock.instant(), RECENT);
            counted.forEach((queue, messages) -> last.put(queue, new Count(messages, fresh)));
            patience = counted.isEmpty()
                    ? Objects.requireNonNullElseGet(patience, () -> Wait.of(clock.instant(), PATIENCE))
                    : null;
            return counted;
        } finally {
            turn.unlock();
        }
    }

    /// What was counted in the last seconds.
    Map<String, Long> recent() {
        var now = clock.instant();
        last.values().removeIf(count -> count.fresh().isOver(now));
        var counts = new HashMap<String, Long>();
        last.forEach((queue, count) -> counts.put(queue, count.messages()));
        return counts;
    }

    /// The same for a part of the queues, and another part the next time.
    Map<String, Long> countSome(Collection<String> queues, Set<AmqpAccess> doors) {
        var order = queues.stream().sorted().toList();
        int from = order.isEmpty() ? 0 : Math.floorMod(next, order.size());
        next = from + SOME;
        return count(
                Stream.concat(order.stream().skip(from), order.stream().limit(from))
                        .limit(SOME)
                        .toList(),
                doors);
    }

    void close() {
        turn.lock();
        try {
            closed = true;
            hangUp();
        } finally {
            turn.unlock();
        }
    }

    /// A count that hangs must not hold up all that come after it.
    private boolean hasTurn() {
        try {
            return turn.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Depths through(Set<AmqpAccess> doors) {
        var current = depths;
        if (current != null && door != null && doors.contains(door) && (isPatient() || doors.size() == 1)) {
            return current;
        }
        hangUp();
        var chosen = another(doors);
        var fresh = open.apply(chosen);
        door = chosen;
        depths = fresh;
        patience = null;
        return fresh;
    }

    private boolean isPatient() {
        return patience == null || !patience.isOver(clock.instant());
    }

    /// The one after the last in their order, and the first after all.
    private AmqpAccess another(Set<AmqpAccess> doors) {
        var order = doors.stream()
                .sorted(Comparator.comparing(AmqpAccess::toString))
                .toList();
        int last = door == null ? -1 : order.indexOf(door);
        return order.get((last + 1) % order.size());
    }

    private void hangUp() {
        if (depths != null) {
            depths.close();
            depths = null;
        }
    }
}
