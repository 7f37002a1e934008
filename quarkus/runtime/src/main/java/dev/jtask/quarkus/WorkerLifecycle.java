package dev.jtask.quarkus;

import dev.jtask.broker.AfterCommit;
import dev.jtask.worker.Health;
import dev.jtask.worker.WorkerCustomizer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the worker when all else has started, and drains it before anything else stops.
@Singleton
public class WorkerLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerLifecycle.class);
    private static final int JAVA = 25;
    private static final int FIRST = 1;
    private static final int LAST = Integer.MAX_VALUE;

    private final JtaskConfig jtask;
    private final FoundTasks found;
    private final Instance<WorkerCustomizer> customizers;
    private final Instance<MeterRegistry> meters;
    private final Instance<AfterCommit> transactions;
    private volatile @Nullable HostedWorker worker;

    WorkerLifecycle(
            JtaskConfig jtask,
            FoundTasks found,
            Instance<WorkerCustomizer> customizers,
            Instance<MeterRegistry> meters,
            Instance<AfterCommit> transactions) {
        this.jtask = jtask;
        this.found = found;
        this.customizers = customizers;
        this.meters = meters;
        this.transactions = transactions;
    }

    /// How the worker is; without troubles where none is wanted.
    Health health() {
        var running = worker;
        if (running != null) {
            return running.health();
        }
        return new Health(jtask.worker().enabled() ? List.of("the worker does not run") : List.of(), List.of());
    }

    void start(@Observes @Priority(LAST) StartupEvent event) {
        if (!jtask.worker().enabled()) {
            if (!found.beans().isEmpty()) {
                LOG.info("this application has tasks and runs none; jtask.worker.enabled=true lets it");
            }
            return;
        }
        int java = Runtime.version().feature();
        if (java < JAVA) {
            throw new ConfigurationException(
                    "jtask.worker.enabled is true, and a worker needs Java %d; this is Java %d. Run the application on Java %1$d, or let it send only and run its tasks in a worker of its own"
                            .formatted(JAVA, java),
                    Set.of("jtask.worker.enabled"));
        }
        worker = HostedWorker.start(jtask, found, customizers, meters, transactions);
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        var running = worker;
        if (running != null) {
            running.stop();
            worker = null;
        }
    }
}
