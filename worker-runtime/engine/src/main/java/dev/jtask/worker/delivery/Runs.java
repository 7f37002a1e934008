package dev.jtask.worker.delivery;

import dev.jtask.protocol.time.Wait;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runs that this worker has under way, also those whose delivery the broker took back: a connection or a
/// channel that is lost ends no task. When the broker delivers such a message again, here of all places, it
/// is settled with the run instead of running beside it. Lives as long as the worker, over all sessions.
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    /// Runs that ended while the broker had their message; when more are expected back, the oldest run again.
    private static final int MOST = 10_000;

    /// A message that the broker took back comes again at once, if it comes here at all. What comes much
    /// later may be somebody's wish, such as a dead letter that is sent anew.
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<RunKey, RunReceipt> underWay = new ConcurrentHashMap<>();
    private final LinkedHashMap<RunKey, Instant> ended = new LinkedHashMap<>();
    private final RecentRuns recent = new RecentRuns();

    public Runs(Clock clock) {
        this.clock = clock;
    }

    /// Before it runs.
    ///
    /// @return the same delivery, with a receipt that can stand for others
    Delivery begin(Delivery delivery) {
        var key = RunKey.of(delivery);
        if (key == null) {
            return delivery;
        }
        var receipt = new RunReceipt(this, key, delivery);
        // two alike of one id are the sender's wish, and both run
        return underWay.putIfAbsent(key, receipt) == null ? delivery.withReceipt(receipt) : delivery;
    }

    /// Takes a delivery over that need not run: its task runs, or has run and could not be acknowledged.
    ///
    /// @return false for all others
    boolean adopt(Delivery delivery) {
        if (!delivery.hasComeAgain()) {
            return false;
        }
        var key = RunKey.of(delivery);
        if (key == null) {
            return false;
        }
        var run = underWay.get(key);
        if (run != null && run.adopt(delivery)) {
            LOG.debug("{} came again while it runs, and is settled with its run", key);
            return true;
        }
        if (hasEnded(key) || (delivery.redelivered() && recent.has(key))) {
            LOG.debug("{} came again after it was run, and is acknowledged", key);
            delivery.receipt().settle(new Disposition.Ack());
            return true;
        }
        return false;
    }

    /// Those under way, their endings included.
    Collection<RunReceipt> underWay() {
        return underWay.values();
    }

    /// @param forGood whether all that follows of it is done, and the message is needed no more
    /// @param lost whether the broker has the message again
    void ended(RunKey key, RunReceipt run, boolean forGood, boolean lost) {
        if (forGood && lost) {
            remember(key);
        } else if (forGood) {
            recent.add(key);
        }
        underWay.remove(key, run);
    }

    private void remember(RunKey key) {
        synchronized (ended) {
            ended.put(key, clock.instant());
            if (ended.size() > MOST) {
                ended.pollFirstEntry();
            }
        }
    }

    private boolean hasEnded(RunKey key) {
        synchronized (ended) {
            var when = ended.remove(key);
            return when != null && !Wait.of(when, REMEMBERED).isOver(clock.instant());
        }
    }
}
