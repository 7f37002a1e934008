package dev.jtask.worker;

import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.schedule.SchedulePlan;
import dev.jtask.worker.schedule.Schedules;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A consumer of task queues: connects, runs tasks in its slots, reconnects after a loss, and drains when it is
/// stopped. It brings neither an HTTP server nor a logging provider, and its meters go where its owner's do.
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /// An ending that takes longer shows that nothing can be settled.
    private static final Duration UNSETTLED = Duration.ofSeconds(30);

    private final WorkerOptions options;
    private final Assembly parts;
    private final SchedulePlan plan;
    private final MeterRegistry meters;
    private final Drain drain;
    private final Loops loops;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean endedByControl;
    private volatile @Nullable Schedules schedules;

    /// A worker with options.
    public static WorkerBuilder builder() {
        return new WorkerBuilder();
    }

    Worker(WorkerBuilder builder, WorkerOptions options) {
        this.options = options;
        this.plan = builder.plan;
        this.meters = builder.meters;
        Schedules.check(options.broker(), plan);
        this.parts = Assembly.of(
                options,
                builder.tasks,
                builder.interceptors,
                builder.transactions,
                builder.watch,
                builder.tracing,
                meters,
                this::stopUnlessStopping);
        this.drain = new Drain(parts, this::closeSchedules);
        this.loops = new Loops(parts.sessions::sinceBeat, parts.sender::sinceLook, this::sinceIntake);
    }

    /// Starts to connect and to consume; an unreachable broker is tried again, not thrown.
    ///
    /// What is thrown leaves nothing behind: nothing is consumed, and no connection is open.
    ///
    /// @throws IllegalStateException when it was started before
    /// @throws IllegalArgumentException when the schedules cannot be sent
    Worker start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("a worker is started once; build another one");
        }
        LOG.info(
                "{}: {} slots for {} on {}, {} tasks: {}",
                options.nodeName(),
                options.concurrency(),
                options.queues(),
                options.broker(),
                parts.registry.names().size(),
                parts.registry.names());
        var nameless = parts.registry.nameless();
        if (!nameless.isEmpty() && !options.redaction().isOff()) {
            LOG.warn(
                    "{}: arguments that are given by position to {} cannot be redacted, since nobody knows their names; compile their classes with -parameters",
                    options.nodeName(),
                    nameless);
        }
        try {
            begin();
        } catch (RuntimeException | Error e) {
            draining.set(true);
            drain.undo();
            ended();
            throw e;
        }
        return this;
    }

    private void begin() {
        if (!plan.isEmpty()) {
            schedules = Schedules.start(options.broker(), options.seal(), plan, meters);
        }
        parts.storeWatch.ifPresent(StoreWatch::start);
        parts.events.start();
        parts.parking.start();
        // consumes, so it comes after all that may fail
        parts.sessions.start();
        parts.talks.start();
    }

    private void ended() {
        parts.timer.shutdownNow();
        parts.metrics.close();
        stopped.countDown();
    }

    /// Why it cannot take or settle work at the moment, and why only a new process would help; both empty when
    /// all is well.
    public Health health() {
        var troubles = new ArrayList<String>();
        var faults = new ArrayList<String>();
        if (draining.get()) {
            troubles.add("draining");
        }
        var session = parts.sessions.present();
        var trouble = session == null ? parts.sessions.trouble() : session.trouble();
        add(troubles, trouble);
        add(troubles, parts.trouble());
        var oldest = parts.settler.unsettled().oldest();
        if (oldest.compareTo(UNSETTLED) > 0) {
            troubles.add("an ending is not settled for %d s".formatted(oldest.toSeconds()));
        }
        if (endedByControl && stopped.getCount() == 0) {
            faults.add("stopped by remote control; only a new process runs tasks again");
        }
        if (parts.jobs.stuck() > 0) {
            faults.add("%d threads run on for tasks that ignored their time limit".formatted(parts.jobs.stuck()));
        }
        if (!draining.get()) {
            faults.addAll(loops.silent());
        }
        var sending = schedules;
        if (!plan.isEmpty() && (sending == null || !sending.isReady())) {
            troubles.add("the schedules are not connected");
        }
        if (sending != null && !sending.isAlive()) {
            faults.add("the schedules have ended");
        }
        return new Health(troubles, faults);
    }

    /// Whether it takes work and can settle it; see [#health()] for why not.
    public boolean isReady() {
        return health().isReady();
    }

    /// Whether its loops make progress; only a new process helps one that is not alive.
    public boolean isAlive() {
        return health().isAlive();
    }

    /// Drains: takes no more work, lets running tasks finish within the drain time-out, returns the rest to
    /// the queue. A second call does not wait for running tasks any longer; an interrupt waits for no task.
    public void stop() {
        if (draining.compareAndSet(false, true)) {
            drain();
        } else {
            LOG.info("{}: not waiting any longer", options.nodeName());
            drain.hurry();
        }
    }

    /// As remote control asks for it, which cannot know who has asked before; returns at once.
    private void stopUnlessStopping() {
        if (draining.compareAndSet(false, true)) {
            endedByControl = true;
            Thread.ofPlatform().name("stop").start(this::drain);
        }
    }

    private void drain() {
        try {
            drain.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: stopped in disorder", options.nodeName(), e);
        } finally {
            ended();
        }
    }

    /// Waits until [#stop()] has ended.
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        stop();
    }

    private void closeSchedules() {
        var sending = schedules;
        if (sending != null) {
            sending.close();
        }
    }

    private static void add(List<String> all, @Nullable String one) {
        if (one != null) {
            all.add(one);
        }
    }

    private Duration sinceIntake() {
        var session = parts.sessions.present();
        return session == null ? Duration.ZERO : session.sinceBeat();
    }
}
