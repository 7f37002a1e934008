package dev.jtask.worker.metrics;

import dev.jtask.worker.delivery.Traffic;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.SlotTime;
import dev.jtask.worker.run.SparseLog;
import dev.jtask.worker.run.TaskListener;
import dev.jtask.worker.run.Unregistered;
import dev.jtask.worker.settle.Addressee;
import dev.jtask.worker.settle.Misses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The worker's meters; names start with `jtask_worker_`.
public final class WorkerMetrics implements TaskListener, Traffic, Misses, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMetrics.class);

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    private final MeterRegistry registry;
    private final OwnMeters own;
    private final Clock clock;
    private final Counter redeliveries;
    private final Counter reconnects;
    private final Counter unwanted;
    private final Counter givenUp;
    private final SparseLog losses = new SparseLog(LOG);
    private final SparseLog broken = new SparseLog(LOG);
    // a registry finds its meters by their tags, which costs more than the recording; task names are the worker's own
    private final Map<Ended, Timer> endings = new ConcurrentHashMap<>();
    private final Map<String, Timer> waits = new ConcurrentHashMap<>();

    private final Map<String, Counter> putOff = new ConcurrentHashMap<>();

    private record Ended(String task, String outcome) {}

    public WorkerMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.own = new OwnMeters(registry);
        this.clock = clock;
        redeliveries = Counter.builder("jtask_worker_redeliveries")
                .description("messages that the broker had delivered before")
                .register(registry);
        reconnects = Counter.builder("jtask_worker_reconnects")
                .description("connections to the broker that were lost")
                .register(registry);
        unwanted = Counter.builder("jtask_worker_results_unroutable")
                .description("results whose reply queue was gone")
                .register(registry);
        givenUp = Counter.builder("jtask_worker_results_lost")
                .description("results that the broker did not take in time, and that were given up")
                .register(registry);
    }

    /// A value that is read when the metrics are.
    public void gauge(String name, String description, Supplier<Number> value) {
        own.add(Gauge.builder("jtask_worker_" + name, value)
                .description(description)
                .strongReference(true)::register);
    }

    /// Totals that a scaler divides: the time in slots by the runs that are over.
    public void slotTime(SlotTime.Tally tally) {
        try {
            addSlotTime(tally);
        } catch (Throwable e) { // a registry that refuses a meter must not refuse the queue's messages
            broken.warn("the slot time of queue '%s' is not measured".formatted(tally.queue()), e);
        }
    }

    private void addSlotTime(SlotTime.Tally tally) {
        own.add(FunctionCounter.builder("jtask_worker_busy_seconds", tally, SlotTime.Tally::busySeconds)
                .description("slot-seconds spent on deliveries of a queue, those of running tasks included")
                .tag("queue", tally.queue())::register);
        own.add(FunctionCounter.builder("jtask_worker_runs_ended", tally, SlotTime.Tally::ended)
                .description("deliveries of a queue that no longer have a slot, whatever came of them")
                .tag("queue", tally.queue())::register);
    }

    /// Takes away what tells how the worker is; what has been counted stays.
    @Override
    public void close() {
        own.close();
    }

    @Override
    public void ended(Job job, Outcome outcome, Duration busy) {
        var task = Unregistered.knownName(job.definition());
        timer(task, outcome.word()).record(busy);
        waits.computeIfAbsent(task, this::waitTimer)
                .record(Duration.between(job.delivery().at(), job.began()));
        if (outcome instanceof Outcome.Later(var _, Outcome.BehindOthers _)) {
            putOff.computeIfAbsent(task, this::putOffCounter).increment();
        }
    }

    private Counter putOffCounter(String task) {
        return Counter.builder("jtask_worker_put_off")
                .description("times that a task was put off, since it was at a limit that workers share")
                .tag("task", task)
                .register(registry);
    }

    private Timer timer(String task, String outcome) {
        return endings.computeIfAbsent(new Ended(task, outcome), this::endingTimer);
    }

    private Timer endingTimer(Ended ended) {
        return Timer.builder("jtask_worker_tasks")
                .description("deliveries by task and outcome, with the seconds that they kept a slot busy")
                .tag("task", ended.task())
                .tag("outcome", ended.outcome())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Timer waitTimer(String task) {
        return Timer.builder("jtask_worker_wait")
                .description("how long deliveries waited in the worker for a slot")
                .tag("task", task)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void redelivered() {
        count(redeliveries);
    }

    @Override
    public void reconnected() {
        count(reconnects);
    }

    /// A delivery that is not counted is taken all the same.
    private void count(Counter counter) {
        try {
            counter.increment();
        } catch (Throwable e) { // the boundary of somebody else's code: the registry is the application's
            broken.warn("a meter failed; the worker goes on", e);
        }
    }

    @Override
    public void malformed(Delivery delivery) {
        timer("unknown", "rejected").record(Duration.between(delivery.at(), clock.instant()));
    }

    @Override
    public void unroutable(Addressee to) {
        unwanted.increment();
    }

    @Override
    public void givenUp(Addressee to, String why) {
        givenUp.increment();
        losses.warn("the result of task %s is given up: %s".formatted(to.taskId(), why));
    }
}
