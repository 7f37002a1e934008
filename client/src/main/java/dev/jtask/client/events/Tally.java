package dev.jtask.client.events;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what should not happen, and says so when it happens first, and then at ten times, a hundred times, and so on.
final class Tally {

    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    private final String what;
    private final AtomicLong count = new AtomicLong();

    /// @param what is counted, as in "3 of these"
    Tally(String what) {
        this.what = what;
    }

    void add(String why) {
        long now = count.incrementAndGet();
        if (isPowerOfTen(now)) {
            LOG.warn("{} {}: {}", now, what, why);
        } else {
            LOG.debug("{} {}: {}", now, what, why);
        }
    }

    long count() {
        return count.get();
    }

    private static boolean isPowerOfTen(long number) {
        long left = number;
        while (left % 10 == 0) {
            left /= 10;
        }
        return left == 1;
    }
}
