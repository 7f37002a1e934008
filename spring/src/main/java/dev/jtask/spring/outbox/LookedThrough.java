package dev.jtask.spring.outbox;

import dev.jtask.protocol.message.Route;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// How far the table is looked through, by ids, so that what rests is not read again at each look: of a route that has
/// failed, up to its first message that did; of all others, up to where nothing is open any more. All times are by
/// [System#nanoTime()].
///
/// A transaction may commit a row after others have committed those behind it, and another relay may give back what it
/// had. What comes so late that it is passed over is found by a look at everything, now and then.
final class LookedThrough {

    /// Rows that were behind the last one so long ago are committed or gone, but for rare ones.
    private static final Duration OPEN = Duration.ofSeconds(30);

    /// Looking at everything must not become the work.
    private static final int REST_FACTOR = 20;

    private final Map<Route, Long> failed = new HashMap<>();
    private long others;
    private long closed;
    private long last;
    private long lastAt;
    private long wholeAt;
    private boolean whole;

    /// @param now as all times
    LookedThrough(long now) {
        lastAt = now - OPEN.toNanos();
        wholeAt = now;
    }

    /// The id behind which the next look begins.
    ///
    /// @param resting what it passes over
    /// @param newest tells the last id of the table; asked now and then, while something rests
    long behind(Collection<Route> resting, LongSupplier newest, long now) {
        if (resting.isEmpty() && failed.isEmpty()) {
            others = 0;
            whole = false;
            return 0;
        }
        resting.forEach(route -> failed.putIfAbsent(route, others));
        if (now - lastAt >= OPEN.toNanos()) {
            closed = last;
            last = newest.getAsLong();
            lastAt = now;
        }
        whole = now - wholeAt >= 0;
        if (whole) {
            forget();
        }
        return failed.entrySet().stream()
                .filter(each -> !resting.contains(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .reduce(others, Math::min);
    }

    /// What came of that look.
    ///
    /// @param letters all that was found, in the order of ids; empty where there was no more
    /// @param began when it did
    void found(Collection<Route> resting, List<Letter> letters, Map<Long, Verdict> verdicts, long began, long now) {
        if (whole) {
            wholeAt = now + Math.max(OPEN.toNanos(), REST_FACTOR * (now - began));
        }
        if (letters.isEmpty()) {
            failed.keySet().retainAll(resting);
            others = closed;
            return;
        }
        long end = Math.min(letters.get(letters.size() - 1).id(), closed);
        var first = new HashMap<Route, Long>();
        for (var letter : letters) {
            if (verdicts.get(letter.id()) instanceof Verdict.Later) {
                first.putIfAbsent(letter.route(), Math.min(letter.id() - 1, closed));
            }
        }
        failed.replaceAll((route, id) -> resting.contains(route) ? id : Math.max(id, end));
        failed.putAll(first);
        others = Math.max(others, end);
    }

    /// Begins anew: nobody knows what is in the table.
    void forget() {
        others = 0;
        failed.replaceAll((route, id) -> 0L);
    }
}
