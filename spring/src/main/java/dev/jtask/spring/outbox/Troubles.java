package dev.jtask.spring.outbox;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.time.Pauses;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Where messages do not get through at the moment: each such route rests for a growing time, while those behind it go
/// to other routes. In memory alone, so that a broker that is away for long costs the database no writes. All times are
/// by [System#nanoTime()].
final class Troubles {

    /// With more of them, it is the broker: all rests.
    private static final int MOST_ROUTES = 50;

    /// For so long a failure may pass unsaid.
    private static final Duration SOON_OVER = Duration.ofSeconds(10);

    private final Map<Route, Rest> resting = new LinkedHashMap<>();
    private @Nullable Long since;

    private record Rest(int failures, String why, long until) {}

    void failed(Route route, String why, long now) {
        var before = resting.get(route);
        int failures = before == null ? 1 : before.failures + 1;
        resting.put(
                route,
                new Rest(failures, why, now + Pauses.USUAL.after(failures).toNanos()));
        if (since == null) {
            since = now;
        }
    }

    /// Something got through, or got its answer: the broker is there.
    void passed(Route route) {
        resting.remove(route);
        since = null;
    }

    /// Whether what went there last did not get through.
    boolean knows(Route route) {
        return resting.containsKey(route);
    }

    /// Where nothing is to be sent yet.
    List<Route> resting(long now) {
        return resting.entrySet().stream()
                .filter(each -> each.getValue().until - now > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Whether nothing is to be sent anywhere.
    boolean everywhere(long now) {
        return resting(now).size() > MOST_ROUTES;
    }

    /// When the first of them has rested.
    OptionalLong next(long now) {
        return resting.values().stream()
                .mapToLong(rest -> rest.until - now)
                .filter(left -> left > 0)
                .min();
    }

    /// What had rested, and what there was nothing more for: another relay may have sent it.
    void forget(long now) {
        resting.values().removeIf(rest -> now - rest.until > Pauses.USUAL.cap().toNanos());
        if (resting.isEmpty()) {
            since = null;
        }
    }

    /// Why nothing at all gets through, once that has lasted.
    List<String> told(long now) {
        return since == null || now - since < SOON_OVER.toNanos()
                ? List.of()
                : resting.values().stream().map(Rest::why).distinct().limit(3).toList();
    }
}
