package dev.jtask.broker;

import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps something open that ends with its connection: opens the next one when one is lost, with pauses that grow
/// until one has got something done. Its thread ends by [#close()] and by nothing else.
///
/// @param <L> what is kept open
public final class Supervisor<L extends Supervisor.Life> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long BEAT_MS = 500;
    private static final long JOIN_MS = 500;
    /// One line when it begins, and then one in some three minutes.
    private static final int REMIND = 20;

    /// Opens one; an exception means: try again later.
    @FunctionalInterface
    public interface Opening<L> {

        /// @throws IOException when it cannot be had at the moment; nothing stays open then
        L open() throws IOException;
    }

    /// From its opening to its end.
    public interface Life {

        /// @return whether it ended within the time
        boolean awaitEnd(Duration most) throws InterruptedException;

        /// Whether it has done what it is there for, so that the next loss is a new one.
        boolean hasProgressed();

        /// Ends it at once, on any thread.
        void abort();
    }

    private final String name;
    private final Opening<L> opening;
    private final Runnable lost;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable L present;
    private volatile @Nullable String trouble = "not connected yet";
    private final Pulse pulse = new Pulse();
    private int failures;
    private boolean warned;

    /// @param name of the thread, and in logs
    /// @param lost called after each end
    public Supervisor(String name, Opening<L> opening, Runnable lost) {
        this.name = name;
        this.opening = opening;
        this.lost = lost;
        this.thread = new Thread(this::supervise, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /// What is open; null while there is nothing.
    public @Nullable L present() {
        return present;
    }

    /// Why there is nothing; null while there is.
    public @Nullable String trouble() {
        return present == null ? trouble : null;
    }

    /// The time since the thread last showed that it is at work; zero while it opens, which takes as long as it takes.
    public Duration sinceBeat() {
        return pulse.since();
    }

    /// Opens no further one; what is open stays so.
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void supervise() {
        while (!isClosing()) {
            try {
                pulse.beat();
                serve();
            } catch (InterruptedException e) {
                if (!isClosing()) {
                    failed("its thread was interrupted", e);
                }
            } catch (IOException | RuntimeException | Error e) {
                // the boundary of the loop: whatever went wrong with one, the next is tried
                failed(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private void serve() throws IOException, InterruptedException {
        L life = pulse.ask(opening::open);
        if (isClosing()) {
            life.abort();
            return;
        }
        if (warned) {
            LOG.info("{}: connected again", name);
            warned = false;
        }
        present = life;
        try {
            while (!life.awaitEnd(Duration.ofMillis(BEAT_MS))) {
                pulse.beat();
                if (failures > 0 && life.hasProgressed()) {
                    failures = 0;
                }
            }
        } finally {
            if (!isClosing()) {
                present = null;
                life.abort();
            }
        }
        if (life.hasProgressed()) {
            failures = 0;
        }
        lost.run();
        failed("the connection was lost", null);
    }

    private void failed(String why, @Nullable Throwable cause) {
        trouble = why;
        failures++;
        var pause = Pauses.USUAL.after(failures);
        if (failures % REMIND == 1 && SaidOnce.HERE.tell(LOG, name, why, cause)) {
            warned = true;
        } else {
            LOG.debug("{}: {}; trying again in {}", name, why, pause, cause);
        }
        long until = System.nanoTime() + pause.toNanos();
        try {
            while (System.nanoTime() - until < 0) {
                pulse.beat();
                long left = Math.min(until - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(BEAT_MS));
                if (closing.await(Math.max(left, 1), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: interrupted in a pause, closing is {}", name, isClosing(), e);
        }
    }
}
