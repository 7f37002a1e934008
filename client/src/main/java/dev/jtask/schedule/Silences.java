package dev.jtask.schedule;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.time.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which queues confirm nothing. Each try holds up all schedules for ten seconds, and may leave a message that
/// comes once the queue is well: so one schedule tries for all, more and more rarely.
final class Silences {

    /// From when the try began.
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(40), Duration.ofMinutes(5));

    private final Map<Route, Silence> known = new HashMap<>();

    /// @param tries so far, all in vain
    /// @param pause in which it is not tried
    record Silence(int tries, Wait pause, String reason) {}

    /// What keeps this queue from being tried now.
    Optional<Silence> at(Route route, Instant now) {
        return Optional.ofNullable(known.get(route)).filter(silence -> !silence.pause.isOver(now));
    }

    Silence add(Route route, String reason, Instant now) {
        var before = known.get(route);
        int tries = before == null ? 1 : before.tries + 1;
        var silence = new Silence(tries, Wait.of(now, PAUSES.after(tries)), reason);
        known.put(route, silence);
        return silence;
    }

    /// It has answered.
    void end(Route route) {
        known.remove(route);
    }
}
