package dev.jtask.worker;

import dev.jtask.broker.Publisher;
import dev.jtask.worker.app.http.HealthServer;
import dev.jtask.worker.app.schedule.SchedulePlan;
import dev.jtask.worker.app.schedule.Schedules;
import dev.jtask.worker.canvas.Builtins;
import dev.jtask.worker.canvas.FollowUps;
import dev.jtask.worker.control.Desk;
import dev.jtask.worker.control.RemoteControl;
import dev.jtask.worker.delivery.Engine;
import dev.jtask.worker.delivery.Session;
import dev.jtask.worker.events.Events;
import dev.jtask.worker.events.LamportClock;
import dev.jtask.worker.events.TaskEvents;
import dev.jtask.worker.events.WorkerFigures;
import dev.jtask.worker.execution.Announcing;
import dev.jtask.worker.execution.Attempt;
import dev.jtask.worker.execution.Attempts;
import dev.jtask.worker.execution.ChordCheck;
import dev.jtask.worker.execution.ChordUnlock;
import dev.jtask.worker.execution.Interceptor;
import dev.jtask.worker.execution.Listeners;
import dev.jtask.worker.execution.LogContext;
import dev.jtask.worker.execution.OncePerKey;
import dev.jtask.worker.execution.RateLimits;
import dev.jtask.worker.execution.Received;
import dev.jtask.worker.execution.RedeliveryGuard;
import dev.jtask.worker.execution.Revocations;
import dev.jtask.worker.execution.RunSpan;
import dev.jtask.worker.execution.Slots;
import dev.jtask.worker.execution.Starting;
import dev.jtask.worker.execution.TaskRunner;
import dev.jtask.worker.execution.TimeLimiter;
import dev.jtask.worker.execution.Timeliness;
import dev.jtask.worker.execution.Totals;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.registry.Routing;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.results.NoBackend;
import dev.jtask.worker.results.RedisResults;
import dev.jtask.worker.results.ResultBackend;
import dev.jtask.worker.results.RpcBackend;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final Attempts attempts = new Attempts();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final WorkerMetrics metrics = new WorkerMetrics(meters);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<String> queues;
    private final Totals totals = new Totals();
    private final Events events;
    private final RemoteControl control;
    private final RedisResults redis;
    private final Sessions sessions;
    private final SchedulePlan plan;
    private @Nullable HealthServer http;
    private volatile @Nullable Schedules schedules;

    /// The other door besides [dev.jtask.worker.app.Main]: a worker inside another program.
    public static WorkerBuilder builder() {
        return new WorkerBuilder();
    }

    /// @throws IllegalArgumentException when two tasks have one name
    public Worker(WorkerOptions options, List<TaskDefinition> tasks) {
        this(options, tasks, List.of());
    }

    /// @param interceptors run around every task, after jtask's own
    /// @throws IllegalArgumentException when two tasks have one name
    public Worker(WorkerOptions options, List<TaskDefinition> tasks, List<Interceptor> interceptors) {
        this(options, tasks, interceptors, SchedulePlan.NONE);
    }

    /// @param interceptors run around every task, after jtask's own
    /// @param plan what this process sends by the clock
    /// @throws IllegalArgumentException when two tasks have one name
    public Worker(
            WorkerOptions options, List<TaskDefinition> tasks, List<Interceptor> interceptors, SchedulePlan plan) {
        this.options = options;
        this.plan = plan;
        this.registry = new TaskRegistry(tasks);
        registry.orElse(Builtins.of(registry::find));
        this.slots = new Slots(options.concurrency());
        this.redis = new RedisResults(options.results().uri());
        this.queues = new CopyOnWriteArrayList<>(options.queues());
        var clock = Clock.systemUTC();
        var lamport = new LamportClock();
        this.events = new Events(options.nodeName(), lamport, clock, this::figures);
        events.wantTasks(options.events());
        var listener = new Listeners(List.of(metrics, totals, new TaskEvents(events)));
        var revocations = new Revocations(clock);
        var rateLimits = new RateLimits(clock);
        var limiter = new TimeLimiter(timer);
        var followUps = new FollowUps(new Routing(options.routes(), registry)::queueFor);
        boolean shared = options.results().kind() == WorkerOptions.Results.Kind.REDIS;
        var chords = shared ? ChordCheck.Chords.COUNTED : ChordCheck.Chords.IMPOSSIBLE;
        var pipeline = new ArrayList<Interceptor>(List.of(
                new LogContext(),
                new Announcing(listener),
                new RedeliveryGuard(options.redeliveryLimit()),
                revocations,
                new Timeliness(clock),
                rateLimits,
                new ChordCheck(followUps, chords, clock),
                new ChordUnlock(shared ? Optional.of(redis::stored) : Optional.empty()),
                new OncePerKey(shared ? Optional.of(redis::claims) : Optional.empty(), timer, clock),
                new RunSpan(),
                new Starting(listener, options.nodeName())));
        pipeline.addAll(interceptors);
        var runner = new TaskRunner(
                registry, pipeline, limiter, () -> ThreadLocalRandom.current().nextLong());
        this.control = new RemoteControl(new Desk(
                options,
                registry,
                slots,
                attempts,
                revocations,
                rateLimits,
                limiter,
                totals,
                events,
                lamport,
                clock,
                clock.instant(),
                new WorkerSwitches()));
        var engine = new Engine(
                queues,
                slots,
                attempts,
                runner,
                listener,
                followUps,
                this::backend,
                List.of((consuming, publishing) -> events.attach(publishing), control::attach),
                metrics,
                timer,
                clock);
        this.sessions = new Sessions(options, metrics, () -> Session.open(options, engine));
        metrics.gauge("slots", "tasks that may run at once", slots::size);
        metrics.gauge("busy_slots", "tasks that run now", slots::busy);
        metrics.gauge("prefetch", "messages this worker may hold", sessions::prefetch);
        metrics.gauge("stuck_threads", "threads of tasks that ignored their time limit", attempts::stuckNow);
    }

    /// Starts the health server and the consuming loop.
    ///
    /// @throws IOException when the health server cannot listen; an unreachable broker is retried, not thrown
    public Worker start() throws IOException {
        var server = HealthServer.start(
                options.httpHost(), options.httpPort(), this::isAlive, this::isReady, meters::scrape);
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
        events.start();
        sessions.start();
        if (!plan.isEmpty()) {
            schedules = Schedules.start(options.broker(), plan, meters);
        }
        return this;
    }

    /// Whether the worker takes work: connected and not draining; and its schedules, if it has some, are connected.
    public boolean isReady() {
        var sending = schedules;
        return !draining.get() && sessions.isOpen() && (plan.isEmpty() || (sending != null && sending.isReady()));
    }

    /// Whether the worker is as it should be; false while threads run on for tasks that ignored their time limit, since
    /// only a new process gets rid of them.
    public boolean isAlive() {
        var sending = schedules;
        return attempts.stuckNow() == 0 && (sending == null || sending.isAlive());
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
        var sending = schedules;
        if (sending != null) {
            sending.close();
        }
        if (!awaitIdle()) {
            LOG.info("{}: interrupting {} tasks; they go back to the queue", options.nodeName(), slots.busy());
            attempts.cancelAll(Attempt.Cause.WORKER_STOPS);
            if (!slots.awaitIdle(GRACE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "{}: {} tasks ignore their interrupt; the broker delivers them again",
                        options.nodeName(),
                        slots.busy());
            }
        }
        events.close();
        sessions.close();
        redis.close();
        control.close();
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

    private ResultBackend backend(Publisher publisher) {
        return switch (options.results().kind()) {
            case RPC -> new RpcBackend(publisher, metrics::resultUnroutable);
            case REDIS -> redis.backend();
            case DISABLED -> new NoBackend();
        };
    }

    private WorkerFigures figures() {
        var version = Worker.class.getPackage().getImplementationVersion();
        return new WorkerFigures(slots.busy(), totals.all(), LoadAverage.now(), version == null ? "dev" : version);
    }

    private final class WorkerSwitches implements Desk.Switches {

        private final Map<String, Desk.Inlet> inlets = new ConcurrentHashMap<>();

        @Override
        public List<String> queues() {
            return queues;
        }

        @Override
        public List<Received> waiting() {
            return sessions.current().map(Session::waiting).orElse(List.of());
        }

        @Override
        public int prefetch() {
            return sessions.prefetch();
        }

        @Override
        public void addQueue(Desk.Inlet inlet) {
            var queue = inlet.queue();
            if (!queues.contains(queue)) {
                queues.add(queue);
                sessions.current().ifPresent(session -> session.addQueue(queue));
            }
            if (!inlet.isUsual()) {
                sessions.current()
                        .orElseThrow(() -> new IllegalStateException("not connected"))
                        .bind(queue, inlet.exchange(), inlet.exchangeType(), inlet.routingKey());
                inlets.put(queue, inlet);
            }
        }

        @Override
        public Desk.Inlet inlet(String queue) {
            return inlets.getOrDefault(queue, Desk.Inlet.of(queue));
        }

        @Override
        public void removeQueue(String queue) {
            queues.remove(queue);
            sessions.current().ifPresent(session -> session.removeQueue(queue));
        }

        @Override
        public void shutDown() {
            Thread.ofPlatform().name("stop").start(Worker.this::stop);
        }
    }
}
