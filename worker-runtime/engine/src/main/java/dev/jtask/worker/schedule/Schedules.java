package dev.jtask.worker.schedule;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.schedule.ScheduleProgress;
import dev.jtask.schedule.Scheduler;
import dev.jtask.seal.SealOptions;
import dev.jtask.worker.metrics.OwnMeters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A scheduler that runs under a process's health checks and shows its metrics; their names start with
/// `jtask_scheduler_`.
public final class Schedules implements AutoCloseable {

    private final Scheduler scheduler;
    private final OwnMeters own;

    private Schedules(Scheduler scheduler, OwnMeters own) {
        this.scheduler = scheduler;
        this.own = own;
    }

    /// Starts nothing.
    ///
    /// @throws IllegalArgumentException when two schedules have one name, or a task's arguments are no JSON
    public static void check(BrokerOptions broker, SchedulePlan plan) {
        Scheduler.builder(broker, plan.name()).schedules(plan.schedules()).check();
    }

    /// @throws IllegalArgumentException when they cannot be sent
    public static Schedules start(BrokerOptions broker, SealOptions seal, SchedulePlan plan, MeterRegistry meters) {
        var scheduler = Scheduler.builder(broker, plan.name())
                .schedules(plan.schedules())
                .seal(seal)
                .start();
        var started = new Schedules(scheduler, new OwnMeters(meters));
        try {
            started.register();
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
        return started;
    }

    /// Whether it can send, or take over from the one that does.
    public boolean isReady() {
        return scheduler.isConnected();
    }

    public boolean isAlive() {
        return scheduler.isAlive();
    }

    @Override
    public void close() {
        try {
            scheduler.close();
        } finally {
            own.close();
        }
    }

    private void register() {
        own.add(Gauge.builder("jtask_scheduler_at_work", () -> scheduler.isAtWork() ? 1 : 0)
                .description("1 when this process is the one of its name that sends")
                .strongReference(true)::register);
        for (int i = 0; i < scheduler.progress().size(); i++) {
            new Meters(scheduler, i, own).register();
        }
    }

    private record Meters(Scheduler scheduler, int index, OwnMeters own) {

        void register() {
            counter("sent", "tasks sent", ScheduleProgress::sent);
            counter("skipped", "due times that no task was sent for", ScheduleProgress::skipped);
            counter("failures", "attempts to send that failed and are made again", ScheduleProgress::failed);
            time("last_run", "the last time that a task was sent for", ScheduleProgress::lastRun);
            time("next_run", "when the next task is due", ScheduleProgress::nextRun);
        }

        private ScheduleProgress progress() {
            return scheduler.progress().get(index);
        }

        private void counter(String name, String description, ToLongFunction<ScheduleProgress> value) {
            own.add(FunctionCounter.builder(
                            "jtask_scheduler_" + name,
                            scheduler,
                            of -> value.applyAsLong(of.progress().get(index)))
                    .description(description)
                    .tag("schedule", progress().name())::register);
        }

        private void time(String name, String description, Function<ScheduleProgress, @Nullable Instant> value) {
            own.add(Gauge.builder(
                            "jtask_scheduler_%s_timestamp_seconds".formatted(name),
                            () -> seconds(value.apply(progress())))
                    .description(description)
                    .tag("schedule", progress().name())
                    .strongReference(true)::register);
        }

        private static double seconds(@Nullable Instant time) {
            return time == null ? Double.NaN : time.toEpochMilli() / 1000.0;
        }
    }
}
