package dev.jtask.worker;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.execution.Execution;
import dev.jtask.worker.execution.TaskListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/// The worker's meters; names start with `jtask_worker_`.
public final class WorkerMetrics implements TaskListener {

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
    private final Counter redeliveries;
    private final Counter reconnects;
    private final Counter unwanted;

    public WorkerMetrics(MeterRegistry registry) {
        this.registry = registry;
        redeliveries = Counter.builder("jtask_worker_redeliveries")
                .description("messages that the broker had delivered before")
                .register(registry);
        reconnects = Counter.builder("jtask_worker_reconnects")
                .description("connections to the broker that were lost")
                .register(registry);
        unwanted = Counter.builder("jtask_worker_results_unroutable")
                .description("results whose reply queue was gone")
                .register(registry);
    }

    /// A value that is read when the metrics are.
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder("jtask_worker_" + name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void received(TaskMessage task) {}

    @Override
    public void started(TaskMessage task) {}

    @Override
    public void ended(Execution execution, Duration busy) {
        Timer.builder("jtask_worker_tasks")
                .description("deliveries by task and outcome, with the seconds that they kept a slot busy")
                .tag("task", execution.taskName())
                .tag("outcome", execution.outcome().name())
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(busy);
    }

    /// @param waited from the broker's delivery to the slot
    public void waited(String task, Duration waited) {
        Timer.builder("jtask_worker_wait")
                .description("how long deliveries waited in the worker for a slot")
                .tag("task", task)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(waited);
    }

    public void redelivered() {
        redeliveries.increment();
    }

    public void reconnected() {
        reconnects.increment();
    }

    public void resultUnroutable() {
        unwanted.increment();
    }
}
