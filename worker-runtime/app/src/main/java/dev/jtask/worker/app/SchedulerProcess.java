package dev.jtask.worker.app;

import dev.jtask.worker.app.http.HealthServer;
import dev.jtask.worker.app.options.AppOptions;
import dev.jtask.worker.schedule.SchedulePlan;
import dev.jtask.worker.schedule.Schedules;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A scheduler without a worker, as a process of its own.
final class SchedulerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerProcess.class);

    private final AppOptions options;
    private final SchedulePlan plan;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Schedules schedules;

    SchedulerProcess(AppOptions options, SchedulePlan plan) {
        this.options = options;
        this.plan = plan;
    }

    /// Returns when it has been stopped.
    ///
    /// @throws IOException when the health server cannot listen
    void run() throws IOException, InterruptedException {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var http = HealthServer.start(
                        options.http(), new HealthServer.Pages(this::faults, this::troubles, meters::scrape));
                var started = Schedules.start(
                        options.worker().broker(), options.worker().seal(), plan, meters)) {
            LOG.info(
                    "scheduler '{}': {} schedules on {}, http {}:{}",
                    plan.name(),
                    plan.schedules().size(),
                    options.worker().broker(),
                    options.http().host(),
                    http.port());
            schedules = started;
            stopping.await();
        }
        LOG.info("scheduler '{}': stopped", plan.name());
    }

    void stop() {
        stopping.countDown();
    }

    private List<String> faults() {
        var started = schedules;
        return started == null || started.isAlive() ? List.of() : List.of("the scheduler has ended");
    }

    private List<String> troubles() {
        if (stopping.getCount() == 0) {
            return List.of("stopping");
        }
        var started = schedules;
        return started != null && started.isReady() ? List.of() : List.of("the scheduler is not connected");
    }
}
