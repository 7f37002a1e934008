package dev.jtask.worker;

import dev.jtask.worker.delivery.Session;
import dev.jtask.worker.execution.Slots;
import dev.jtask.worker.execution.TaskRunner;
import dev.jtask.worker.http.HealthServer;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A consumer of task queues: connects, runs tasks in its slots, reconnects after a loss, and drains when it is
/// stopped.
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long GRACE_SECONDS = 5;

    private final WorkerOptions options;
    private final TaskRegistry registry;
    private final Slots slots;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final WorkerMetrics metrics = new WorkerMetrics(meters);
    private final TaskRunner runner;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean interrupting;
    private final Sessions sessions;
    private @Nullable HealthServer http;

    /// @throws IllegalArgumentException when two tasks have one name
    public Worker(WorkerOptions options, List<TaskDefinition> tasks) {
        this.options = options;
        this.registry = new TaskRegistry(tasks);
        this.slots = new Slots(options.concurrency());
        this.runner = new TaskRunner(
                registry, Clock.systemUTC(), () -> ThreadLocalRandom.current().nextLong(), () -> interrupting);
        metrics.gauge("slots", "tasks that may run at once", slots::size);
        metrics.gauge("busy_slots", "tasks that run now", slots::busy);
        this.sessions = new Sessions(options, metrics, () -> Session.open(options, slots, runner, metrics, timer));
        metrics.gauge("prefetch", "messages this worker may hold", sessions::prefetch);
    }

    /// Starts the health server and the consuming loop.
    ///
    /// @throws IOException when the health server cannot listen; an unreachable broker is retried, not thrown
    public Worker start() throws IOException {
        var server =
                HealthServer.start(options.httpHost(), options.httpPort(), () -> true, this::isReady, meters::scrape);
        http = server;
        LOG.info(
                "{}: {} slots for {} on {}, tasks {}, http {}:{}",
                options.nodeName(),
                options.concurrency(),
                options.queues(),
                options.broker(),
                registry.names(),
                options.httpHost(),
                server.port());
        sessions.start();
        return this;
    }

    /// Whether the worker takes work: connected and not draining.
    public boolean isReady() {
        return !draining.get() && sessions.isOpen();
    }

    /// The port of `/livez`, `/readyz` and `/metrics`.
    public int httpPort() {
        var server = http;
        return server == null ? 0 : server.port();
    }

    /// Drains: takes no more work, lets running tasks finish within the drain time-out, returns the rest to the queue.
    /// A second call does not wait for running tasks any longer.
    public void stop() {
        if (!draining.compareAndSet(false, true)) {
            LOG.info("{}: not waiting for running tasks any longer", options.nodeName());
            hurry.countDown();
            return;
        }
        try {
            drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            timer.shutdownNow();
            var server = http;
            if (server != null) {
                server.close();
            }
            stopped.countDown();
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

    private void drain() throws InterruptedException {
        LOG.info("{}: draining, {} tasks run", options.nodeName(), slots.busy());
        sessions.quiet();
        if (!awaitIdle()) {
            LOG.info("{}: interrupting {} tasks; they go back to the queue", options.nodeName(), slots.busy());
            interrupting = true;
            slots.interruptRunning();
            if (!slots.awaitIdle(GRACE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "{}: {} tasks ignore their interrupt; the broker delivers them again",
                        options.nodeName(),
                        slots.busy());
            }
        }
        sessions.close();
        LOG.info("{}: stopped", options.nodeName());
    }

    private boolean awaitIdle() throws InterruptedException {
        var deadline = System.nanoTime() + options.drainTimeout().toNanos();
        while (System.nanoTime() < deadline && hurry.getCount() > 0) {
            if (slots.awaitIdle(50, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return slots.awaitIdle(0, TimeUnit.MILLISECONDS);
    }
}
