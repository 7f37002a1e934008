package dev.jtask.worker.app;

import dev.jtask.worker.Worker;
import dev.jtask.worker.app.http.HealthServer;
import dev.jtask.worker.app.options.AppOptions;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.schedule.SchedulePlan;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker with its health and metrics over HTTP: what runs in an image.
public final class WorkerProgram implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProgram.class);

    private final Worker worker;
    private final HealthServer http;

    private WorkerProgram(Worker worker, HealthServer http) {
        this.worker = worker;
        this.http = http;
    }

    /// @param plan what the process also sends by the clock
    /// @throws IllegalArgumentException when two tasks have one name
    /// @throws IOException when the health server cannot listen; an unreachable broker is retried, not thrown
    public static WorkerProgram start(AppOptions options, List<TaskDefinition> tasks, SchedulePlan plan)
            throws IOException {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var builder = Worker.builder().options(options.worker()).meters(meters).schedules(plan);
        tasks.forEach(builder::task);
        var health = new Shown();
        var http = HealthServer.start(
                options.http(), new HealthServer.Pages(health::faults, health::troubles, meters::scrape));
        try {
            var worker = builder.start();
            health.worker = worker;
            LOG.info(
                    "{}: http {}:{}",
                    options.worker().nodeName(),
                    options.http().host(),
                    http.port());
            return new WorkerProgram(worker, http);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    public boolean isReady() {
        return worker.isReady();
    }

    public boolean isAlive() {
        return worker.isAlive();
    }

    /// The port of `/livez` and `/readyz`, and of `/metrics` unless that has its own.
    public int httpPort() {
        return http.port();
    }

    /// The port of `/metrics`.
    public int metricsPort() {
        return http.metricsPort();
    }

    /// As [Worker#stop()]; the health server answers until it is over.
    public void stop() {
        worker.stop();
    }

    /// Waits until [#stop()] has ended.
    public void awaitStopped() throws InterruptedException {
        worker.awaitStopped();
        http.close();
    }

    @Override
    public void close() {
        worker.close();
        http.close();
    }

    /// The worker's health, also before there is a worker.
    private static final class Shown {

        private volatile @Nullable Worker worker;

        List<String> troubles() {
            var now = worker;
            return now == null ? List.of("starting") : now.health().troubles();
        }

        List<String> faults() {
            var now = worker;
            return now == null ? List.of() : now.health().faults();
        }
    }
}
