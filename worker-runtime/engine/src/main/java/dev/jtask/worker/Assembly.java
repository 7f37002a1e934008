package dev.jtask.worker;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Sender;
import dev.jtask.broker.Supervisor;
import dev.jtask.broker.talk.Talk;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.protocol.event.WorkerEvent;
import dev.jtask.seal.Seal;
import dev.jtask.worker.celery.control.About;
import dev.jtask.worker.celery.control.Controls;
import dev.jtask.worker.celery.control.QueueTrial;
import dev.jtask.worker.celery.control.RemoteControl;
import dev.jtask.worker.celery.events.Events;
import dev.jtask.worker.celery.events.LamportClock;
import dev.jtask.worker.celery.events.LoadAverage;
import dev.jtask.worker.celery.events.TaskEvents;
import dev.jtask.worker.delivery.AckWindow;
import dev.jtask.worker.delivery.Aside;
import dev.jtask.worker.delivery.BrokerLot;
import dev.jtask.worker.delivery.BrokerPermits;
import dev.jtask.worker.delivery.BrokerSignals;
import dev.jtask.worker.delivery.Parking;
import dev.jtask.worker.delivery.QueueTroubles;
import dev.jtask.worker.delivery.Runs;
import dev.jtask.worker.delivery.Session;
import dev.jtask.worker.delivery.Wants;
import dev.jtask.worker.heart.Heart;
import dev.jtask.worker.heart.Needs;
import dev.jtask.worker.heart.Watch;
import dev.jtask.worker.metrics.WorkerMetrics;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions.Trait;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Discretion;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Jobs;
import dev.jtask.worker.run.Listeners;
import dev.jtask.worker.run.Slots;
import dev.jtask.worker.run.TaskListener;
import dev.jtask.worker.run.TimeLimiter;
import dev.jtask.worker.run.Totals;
import dev.jtask.worker.settle.Settler;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The wiring of a worker: who knows whom. Decides nothing.
final class Assembly {

    final Clock clock = Clock.systemUTC();
    final WorkerOptions options;
    final TaskRegistry registry;
    final Slots slots;
    final Jobs jobs;
    final Totals totals = new Totals();
    final List<String> queues;
    final ScheduledThreadPoolExecutor timer;
    final Outside outside;
    final Sender sender;
    final Optional<StoreWatch> storeWatch;
    final WorkerMetrics metrics;
    final Settler settler;
    final Parking parking;
    final BrokerPermits permits;
    final BrokerSignals signals;
    final Events events;
    final RemoteControl control;
    final Supervisor<Session> sessions;
    final Supervisor<Talk> talks;

    /// @param interceptors run around every task, after jtask's own
    /// @param transactions which what tasks send waits for
    /// @throws IllegalArgumentException when two tasks have one name, or keys or the result backend cannot be used
    static Assembly of(
            WorkerOptions options,
            List<TaskDefinition> tasks,
            List<Interceptor> interceptors,
            AfterCommit transactions,
            Watch watch,
            TaskTracing tracing,
            MeterRegistry meters,
            Runnable shutDown) {
        var registry = new TaskRegistry(tasks);
        var outside = Outside.open(options);
        try {
            return new Assembly(
                    options, registry, tasks, outside, interceptors, transactions, watch, tracing, meters, shutDown);
        } catch (RuntimeException | Error e) {
            outside.close(Duration.ZERO);
            throw e;
        }
    }

    private Assembly(
            WorkerOptions options,
            TaskRegistry registry,
            List<TaskDefinition> tasks,
            Outside outside,
            List<Interceptor> interceptors,
            AfterCommit transactions,
            Watch watch,
            TaskTracing tracing,
            MeterRegistry meters,
            Runnable shutDown) {
        this.options = options;
        this.registry = registry;
        this.slots = new Slots(options.concurrency());
        this.queues = new CopyOnWriteArrayList<>(options.queues());
        this.timer = timer();
        this.metrics = new WorkerMetrics(meters, clock);
        this.outside = outside;
        this.sender = outside.sender();
        this.storeWatch = outside.store().map(kept -> new StoreWatch(kept, timer));
        var aside = new Aside(sender, queues::contains, this::expect);
        var seal = outside.seal();
        var lamport = new LamportClock();
        this.events = new Events(options.nodeName(), lamport, clock, this::figures);
        events.wantTasks(options.events());
        var limiter = new TimeLimiter(timer);
        this.permits = new BrokerPermits(options.broker(), options.nodeName(), timer);
        this.signals = new BrokerSignals(options.broker(), options.nodeName());
        var heart = new Heart(new Needs(
                registry,
                options.routes(),
                options.keepFailed(),
                options.nodeName(),
                options.results(),
                outside.kept(),
                watch.sending().apply(aside),
                transactions,
                new Listeners(listeners(seal, watch.listener())),
                metrics,
                tracing,
                interceptors,
                timer,
                limiter,
                permits,
                signals,
                () -> ThreadLocalRandom.current().nextLong(),
                seal,
                new Discretion(options.redaction(), options.results().isExtended() ? options.nodeName() : null),
                clock));
        this.jobs = heart.jobs();
        this.settler = heart.settler();
        var runs = new Runs(clock);
        var window = new AckWindow(options.consumerTimeout(), needs(options, tasks));
        this.parking = new Parking(
                runs,
                window,
                this::isLong,
                new BrokerLot(options.broker().named(options.nodeName() + " parks")),
                aside,
                options.redeliveryLimit(),
                clock);
        var wants = new Wants(
                queues,
                options.prefetch(),
                options.redeliveryLimit(),
                slots,
                threads(options.threads()),
                heart.runner(),
                runs,
                window,
                new QueueTroubles(),
                aside,
                () -> trouble() == null,
                metrics,
                timer,
                clock);
        this.sessions = new Supervisor<>(
                options.nodeName() + " consumes", () -> Session.open(options.broker(), wants), metrics::reconnected);
        this.control = new RemoteControl(
                new About(options, registry, totals, lamport, clock, clock.instant()),
                new Controls(
                        new LiveQueues(
                                queues,
                                sessions,
                                new QueueTrial(options.broker().named(options.nodeName() + " tries queues"))),
                        new LiveTasks(jobs, heart.revocations()),
                        new LiveLimits(heart.rateLimits(), this::askAnew, limiter),
                        new LiveLife(slots, this::prefetch, shutDown),
                        events));
        this.talks = new Supervisor<>(
                options.nodeName() + " talks",
                () -> Talk.open(
                        options.broker().named(options.nodeName() + " talks"),
                        List.of(events::attach, control::attach)),
                () -> {});
        gauges();
    }

    private List<TaskListener> listeners(Seal seal, TaskListener watching) {
        var sweep = new SignalSweep(signals, this::session, timer);
        var all = new ArrayList<>(List.<TaskListener>of(metrics, totals, new TaskEvents(events), sweep, watching));
        if (!seal.equals(Seal.NONE)) {
            all.add(new UsedOnce(seal.messages()));
        }
        return all;
    }

    /// Whether the task of a message was declared so.
    private boolean isLong(Delivery delivery) {
        var task = delivery.message().properties().headers().get("task") instanceof String name
                ? registry.find(name)
                : null;
        return task != null && task.options().is(Trait.RUNS_LONG);
    }

    /// What may keep a delivery unacknowledged for how long.
    private static Map<String, Duration> needs(WorkerOptions options, List<TaskDefinition> tasks) {
        var needs = new HashMap<String, Duration>();
        needs.put("the drain timeout", options.drainTimeout());
        for (var task : tasks) {
            var limit = task.options().timeLimit() == null
                    ? task.options().softTimeLimit()
                    : task.options().timeLimit();
            // a task that is declared long needs nothing of the broker
            if (limit != null && !task.options().is(Trait.RUNS_LONG)) {
                needs.put("task '%s'".formatted(task.name()), limit);
            }
        }
        return needs;
    }

    /// Why nothing could be settled at the moment; null when it could.
    @Nullable
    String trouble() {
        var ofSender = sender.trouble();
        var ofStore = ofSender == null ? storeWatch.map(StoreWatch::trouble).orElse(null) : ofSender;
        return ofStore == null ? settler.unsettled().trouble() : ofStore;
    }

    private void expect(String queue) {
        var session = sessions.present();
        if (session != null) {
            session.expect(queue);
        }
    }

    private void askAnew(String task) {
        var session = sessions.present();
        if (session != null) {
            session.askAnew(task);
        }
    }

    private @Nullable Object session() {
        return sessions.present();
    }

    int prefetch() {
        var session = sessions.present();
        return session == null ? 0 : session.prefetch();
    }

    private void gauges() {
        metrics.gauge("slots", "tasks that may run at once", slots::size);
        metrics.gauge("busy_slots", "tasks that run now", slots::busy);
        metrics.gauge(
                "oldest_task_seconds",
                "how long the oldest running task has run",
                () -> jobs.oldest(clock.instant()).toMillis() / 1000.0);
        jobs.slotTime().tell(metrics::slotTime);
        // from zero, so that whoever reads sees the first task as well
        queues.forEach(jobs.slotTime()::of);
        metrics.gauge("prefetch", "messages this worker may hold", this::prefetch);
        metrics.gauge("parked", "tasks that run while their message is parked", parking::parked);
        metrics.gauge("stuck_threads", "threads of tasks that ignored their time limit", jobs::stuck);
        metrics.gauge("unsettled", "endings of tasks that are not with the broker yet", settler.unsettled()::count);
    }

    /// Alarms that are cancelled leave at once: each task with a limit has some, for as long as its limit.
    static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /// One task begins on the thread of another, and must not inherit what that one has set.
    @SuppressWarnings("ThreadPriorityCheck") // only to undo what a task may have done to its own
    private static ThreadFactory threads(WorkerOptions.Threads kind) {
        var loader = Thread.currentThread().getContextClassLoader();
        var bare = switch (kind) {
            case VIRTUAL -> Thread.ofVirtual().name("task-", 0).inheritInheritableThreadLocals(false);
            case PLATFORM ->
                Thread.ofPlatform()
                        .daemon()
                        .priority(Thread.NORM_PRIORITY)
                        .name("task-", 0)
                        .inheritInheritableThreadLocals(false);
        };
        var factory = bare.factory();
        return work -> {
            var thread = factory.newThread(work);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }

    private WorkerEvent figures(WorkerEvent.When when) {
        var version = Worker.class.getPackage().getImplementationVersion();
        return new WorkerEvent(
                when,
                slots.busy(),
                totals.all(),
                LoadAverage.now(),
                version == null ? "dev" : version,
                System.getProperty("os.name"));
    }
}
