package dev.jtask.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Queues that take no messages, each of which is told of now and then, however many messages it does not take.
final class FullRoutes {

    /// For all senders of this process.
    static final FullRoutes HERE = new FullRoutes();

    private static final long HEARD_NANOS = TimeUnit.MINUTES.toNanos(10);

    /// Names of reply queues never end.
    private static final int MOST = 1_000;

    private final Map<String, Long> told = new ConcurrentHashMap<>();

    /// Whether nobody was told of it lately.
    boolean isNew(String route) {
        return isNew(route, System.nanoTime());
    }

    boolean isNew(String route, long now) {
        if (told.size() >= MOST) {
            told.clear();
        }
        var before = told.putIfAbsent(route, now);
        return before == null || (now - before > HEARD_NANOS && told.replace(route, before, now));
    }
}
