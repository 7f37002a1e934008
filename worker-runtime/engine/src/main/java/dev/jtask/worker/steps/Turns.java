package dev.jtask.worker.steps;

import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Receipt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The turns of one task under its rate limit. Whoever waits for one has it, until its message goes elsewhere: then the
/// next one that asks gets it, or a task would wait behind turns that nobody comes for.
final class Turns {

    private final Clock clock;
    private final TreeMap<Instant, Receipt> waiting = new TreeMap<>();
    private Instant asked;
    private Instant next;

    Turns(Clock clock) {
        this.clock = clock;
        this.asked = clock.instant();
        this.next = asked;
    }

    /// @param held the turn that it was given before; null where it was not
    /// @return empty where it may start
    synchronized Optional<Outcome.Later> give(Duration interval, @Nullable Instant held, Receipt receipt) {
        // in here nobody else's moment comes between: an earlier one than before is of a clock that was put back
        var now = clock.instant();
        if (now.isBefore(asked)) {
            next = now;
            waiting.clear();
        }
        asked = now;
        // one that was given by another clock, or under another limit, is none: nobody is before it any more
        var turn = held != null && held.isBefore(next) ? held : free(now, interval);
        if (!turn.isAfter(now)) {
            waiting.remove(turn);
            return Optional.empty();
        }
        waiting.putIfAbsent(turn, receipt);
        return Optional.of(new Outcome.Later(Duration.between(now, turn), new Outcome.Here(turn)));
    }

    private Instant free(Instant now, Duration interval) {
        takeBack(interval);
        for (Iterator<Map.Entry<Instant, Receipt>> all = waiting.entrySet().iterator(); all.hasNext(); ) {
            var each = all.next();
            if (each.getValue().isOver()) {
                all.remove();
                // the last that has come is nobody's either; those before it are lost, or there would be a burst
                if (each.getKey().isAfter(now.minus(interval))) {
                    return each.getKey();
                }
            }
        }
        var free = next.isAfter(now) ? next : now;
        next = free.plus(interval);
        return free;
    }

    /// The last ones, so that the time that they were given for is not lost.
    private void takeBack(Duration interval) {
        for (var last = waiting.lastEntry();
                last != null
                        && last.getValue().isOver()
                        && last.getKey().plus(interval).equals(next);
                last = waiting.lastEntry()) {
            next = last.getKey();
            waiting.pollLastEntry();
        }
    }
}
