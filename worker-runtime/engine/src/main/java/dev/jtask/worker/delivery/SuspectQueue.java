package dev.jtask.worker.delivery;

import dev.jtask.broker.OversizedException;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.topology.Suspects;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a lane knows of the suspects of one queue, whose troubles are its own: others are fetched all the same.
final class SuspectQueue {

    /// So many whose endings wait, or that are only moved, are held at once, for a worker's memory has an end.
    private static final int MOST_OPEN = 100;

    private static final long SOME_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long EMPTY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /// The broker logs each look at a queue that is not there as an error.
    private static final long ABSENT_NANOS = TimeUnit.MINUTES.toNanos(5);

    /// A slot waits while the broker says nothing to a fetch.
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(2), Duration.ofMinutes(5));

    private final String queue;
    private final String name;
    private final Rests rests;
    private final Set<Ticket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean present;
    private volatile long nextLook = System.nanoTime();
    private volatile long mayFetch = System.nanoTime();
    private volatile int failures;
    private volatile @Nullable Kept kept;
    private volatile long served;

    /// Those that are too large, which are the business of one channel.
    private record Kept(Acknowledger acknowledger, TooLarge messages) {}

    /// @param queue whose suspects they are
    SuspectQueue(String queue) {
        this.queue = queue;
        this.name = Suspects.queueFor(queue);
        this.rests = new Rests(name);
    }

    String queue() {
        return queue;
    }

    /// Where they are.
    String name() {
        return name;
    }

    boolean isToBeLookedAt() {
        return System.nanoTime() - nextLook >= 0;
    }

    /// @param some whether there are any
    /// @param exists whether the queue does
    void seen(boolean some, boolean exists) {
        present = some;
        nextLook = System.nanoTime() + (some ? SOME_NANOS : exists ? EMPTY_NANOS : ABSENT_NANOS);
    }

    /// It could not be looked at, nor be fetched from without an end of the channel, which takes back what is open.
    void unseen() {
        present = false;
        nextLook = System.nanoTime() + EMPTY_NANOS;
    }

    /// There is one now.
    void expect() {
        present = true;
    }

    /// Whether one may be fetched now.
    boolean isReady() {
        return present && System.nanoTime() - mayFetch >= 0 && takesMore();
    }

    /// Whether it neither rests nor has too many under way.
    boolean takesMore() {
        if (rests.reason() != null) {
            return false;
        }
        open.removeIf(Ticket::isOver);
        return open.size() < MOST_OPEN;
    }

    void opened(Ticket ticket) {
        open.add(ticket);
    }

    /// There are no more for now.
    void emptied() {
        present = false;
        nextLook = System.nanoTime() + SOME_NANOS;
    }

    void fetched() {
        failures = 0;
    }

    /// @return how often in turn
    int failed() {
        int number = failures + 1;
        failures = number;
        mayFetch = System.nanoTime() + PAUSES.after(number).toNanos();
        return number;
    }

    /// When it had its turn last, by the number of turns.
    long served() {
        return served;
    }

    void served(long turn) {
        served = turn;
    }

    void rest(String reason) {
        rests.begin(reason);
    }

    /// Why none of them is fetched for a while; null when they are.
    @Nullable
    String restReason() {
        return rests.reason();
    }

    /// It stays the broker's, and in nobody's way.
    void keep(long tag, Acknowledger acknowledger, Instant now, OversizedException why) {
        var there = kept;
        if (there == null || there.acknowledger() != acknowledger) {
            there = new Kept(acknowledger, new TooLarge(name, acknowledger));
            kept = there;
        }
        there.messages().keep(tag, now, why);
    }

    /// Returns those to the broker that are here for so long.
    void giveBackKept(Predicate<Instant> isOver) {
        var there = kept;
        if (there != null) {
            there.messages().giveBack(isOver);
        }
    }
}
