package dev.jtask.worker;

import dev.jtask.worker.delivery.Session;
import dev.jtask.worker.options.WorkerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session after the other: opens the next when one is lost, with pauses that double from 100 ms to 10 s while the
/// broker cannot be reached, until the worker drains.
final class Sessions {

    /// Opens a session; an exception means: try again later.
    @FunctionalInterface
    interface Opening {
        Session open() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration JOIN = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(10);

    private final WorkerOptions options;
    private final WorkerMetrics metrics;
    private final Opening opening;
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile @Nullable Session current;
    private Thread thread = new Thread();

    Sessions(WorkerOptions options, WorkerMetrics metrics, Opening opening) {
        this.options = options;
        this.metrics = metrics;
        this.opening = opening;
    }

    void start() {
        thread = Thread.ofPlatform().name("supervisor").start(this::supervise);
    }

    boolean isOpen() {
        var session = current;
        return session != null && session.isOpen();
    }

    /// The present session, if there is one.
    Optional<Session> current() {
        return Optional.ofNullable(current).filter(Session::isOpen);
    }

    int prefetch() {
        var session = current;
        return session == null ? 0 : session.prefetch();
    }

    /// Opens no further session, and lets the present one take no more work.
    void quiet() throws InterruptedException {
        ending.countDown();
        thread.interrupt();
        thread.join(JOIN);
        var session = current;
        if (session != null) {
            session.quiet();
        }
    }

    /// Ends the present session in good order.
    void close() throws InterruptedException {
        var session = current;
        if (session != null) {
            session.close();
        }
    }

    private void supervise() {
        var pause = FIRST_PAUSE;
        try {
            while (ending.getCount() > 0) {
                try {
                    var session = opening.open();
                    current = session;
                    if (ending.getCount() == 0) {
                        session.abort();
                        return;
                    }
                    LOG.info("{}: consuming {}", options.nodeName(), options.queues());
                    pause = FIRST_PAUSE;
                    session.awaitEnd();
                    metrics.reconnected();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("{}: {}; trying again in {} ms", options.nodeName(), e.getMessage(), pause.toMillis());
                    if (ending.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    var doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : doubled;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no further session");
        }
    }
}
