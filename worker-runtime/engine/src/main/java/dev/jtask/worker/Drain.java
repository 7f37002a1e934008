package dev.jtask.worker;

import dev.jtask.worker.run.Job;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a worker: takes no more work, lets running tasks finish, gives the rest back, and hands over
/// what is left. Each step has its time, whatever the broker does, ten seconds together after the drain
/// time-out; a second request to stop shortens all of them, and leaves them a second and a half together, of which the
/// endings may take most: a message whose copy is with the broker before it is acknowledged is there twice.
final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration PARKED = Duration.ofSeconds(2);
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final Duration HURRIED = Duration.ofMillis(300);
    private static final Duration HURRIED_SETTLE = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofMillis(20);

    private final Assembly parts;
    private final Runnable closing;
    private final Hurry hurry = new Hurry();

    /// @param closing ends what sends by the clock
    Drain(Assembly parts, Runnable closing) {
        this.parts = parts;
        this.closing = closing;
    }

    /// Waits no longer than it must, from now on.
    void hurry() {
        hurry.begin();
    }

    /// Once it has been called, nothing is consumed any more, however it ends.
    ///
    /// @throws InterruptedException when its caller is not to wait; the broker delivers again what runs then
    void run() throws InterruptedException {
        boolean orderly = false;
        try {
            inOrder();
            orderly = true;
        } finally {
            if (!orderly) {
                atOnce();
            }
        }
    }

    private void inOrder() throws InterruptedException {
        var node = parts.options.nodeName();
        long deadline = System.nanoTime() + parts.options.drainTimeout().toNanos();
        LOG.info("{}: draining, {} tasks run", node, parts.slots.busy());
        parts.sessions.close();
        var session = parts.sessions.present();
        within("quiet", QUIET, () -> {
            if (session != null) {
                session.quiet();
            }
        });
        within("schedules", CLOSE, closing);
        if (!hurry.await(
                Duration.ofNanos(Math.max(0, deadline - System.nanoTime())), HURRIED, parts.slots::awaitIdle)) {
            LOG.info("{}: interrupting {} tasks; they go back to the queue", node, parts.slots.busy());
            parts.jobs.cancelAll(Job.Cause.WORKER_STOPS);
            if (!hurry.await(GRACE, HURRIED, parts.slots::awaitIdle)) {
                LOG.warn(
                        "{}: {} tasks ignore their interrupt; the broker delivers them again",
                        node,
                        parts.slots.busy());
            }
        }
        var unsettled = parts.settler.unsettled();
        if (!hurry.await(SETTLE, HURRIED_SETTLE, (time, unit) -> {
            long end = System.nanoTime() + unit.toNanos(time);
            return unsettled.awaitNone(Duration.of(time, unit.toChronoUnit()))
                    && (session == null || session.awaitMoved(Duration.ofNanos(end - System.nanoTime())));
        })) {
            LOG.warn(
                    "{}: the broker did not take {} endings in time; it delivers their messages again",
                    node,
                    unsettled.count());
            int forGood = unsettled.forGood();
            if (forGood > 0) {
                LOG.error(
                        "{}: of {} of them the broker has no message, since they were acknowledged before their run; what they were to send is lost",
                        node,
                        forGood);
            }
        }
        if (session != null) {
            session.close(hurry.hasBegun() ? hurry.left(HURRIED) : FLUSH);
        }
        if (!hurry.await(
                PARKED, HURRIED, (time, unit) -> parts.parking.awaitEmptied(Duration.of(time, unit.toChronoUnit())))) {
            LOG.warn("{}: the broker did not take parked messages in time; their tasks run again", node);
        }
        within("goodbye", CLOSE, parts.events::close);
        within("closing", CLOSE, this::closeAll);
        LOG.info("{}: stopped", node);
    }

    /// After an interruption or a failure half-way, each step for itself.
    private void atOnce() {
        LOG.warn(
                "{}: the drain was cut short with {} tasks running; the broker delivers them again",
                parts.options.nodeName(),
                parts.slots.busy());
        undo();
    }

    /// Ends at once all that was started, also where only a part of it was.
    void undo() {
        anyway(parts.sessions::close);
        anyway(() -> {
            var session = parts.sessions.present();
            if (session != null) {
                session.abort();
            }
        });
        anyway(() -> parts.jobs.cancelAll(Job.Cause.WORKER_STOPS));
        anyway(closing);
        anyway(parts.events::close);
        anyway(this::closeAll);
    }

    private static void anyway(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("a step of the end failed", e);
        }
    }

    private void closeAll() {
        parts.parking.close();
        parts.permits.close();
        parts.signals.close();
        parts.control.close();
        parts.talks.close();
        var talk = parts.talks.present();
        if (talk != null) {
            talk.abort();
        }
        parts.outside.close(HURRIED);
    }

    /// On a thread of its own, since what speaks to a broker that hangs hangs with it.
    private void within(String name, Duration most, Runnable step) throws InterruptedException {
        var thread = Thread.ofPlatform().daemon().name(name).start(step);
        long deadline = System.nanoTime() + most.toNanos();
        while (thread.isAlive() && System.nanoTime() - deadline < 0) {
            boolean hurried = hurry.hasBegun();
            if (thread.join(hurried ? hurry.left(HURRIED) : STEP) || hurried) {
                break;
            }
        }
        if (thread.isAlive()) {
            LOG.debug("{} takes longer than {}, and is not waited for", name, most);
        }
    }
}
