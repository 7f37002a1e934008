package dev.jtask.worker.run;

import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.registry.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Interrupts a task at its soft time limit, and at its hard one ends the job whether the task obeys or not: a task
/// that ignores the interrupt loses its slot a moment later, and its thread counts as stuck until it ends.
public final class TimeLimiter {

    /// What a task that obeys its interrupt may take to end.
    private static final double GRACE_SECONDS = 0.1;

    private final ScheduledExecutorService timer;
    private final Map<String, TimeLimits> changed = new ConcurrentHashMap<>();

    /// @param timer drops what is cancelled; nothing that runs on it blocks
    public TimeLimiter(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /// @param giveUp ends the job of a task that ignores its interrupt
    Outcome around(Job job, BiConsumer<Job, Outcome> giveUp, Interceptor.Next next) {
        var limits = limits(job);
        var hard = limits.hard();
        var soft = limits.soft();
        if (hard == null && soft == null) {
            return next.proceed(job);
        }
        var alarms = new ArrayList<Future<?>>();
        if (soft != null) {
            alarms.add(after(soft, () -> job.cancel(Job.Cause.SOFT_TIME_LIMIT)));
        }
        if (hard != null) {
            alarms.add(after(hard, () -> job.cancel(Job.Cause.TIME_LIMIT)));
            alarms.add(after(hard + GRACE_SECONDS, () -> giveUp.accept(job, givenUp(job, hard))));
        }
        try {
            var outcome = next.proceed(job);
            return job.cause() == Job.Cause.TIME_LIMIT && hard != null ? exceeded(hard) : outcome;
        } finally {
            alarms.forEach(alarm -> alarm.cancel(false));
        }
    }

    /// Replaces a task's own limits until the worker ends.
    public void change(String task, TimeLimits limits) {
        changed.put(task, limits);
    }

    /// The message's limits, else those set at run time, else the definition's.
    TimeLimits limits(Job job) {
        var asked = job.message().timeLimits();
        var defined = changed.getOrDefault(job.definition().name(), defined(job.definition()));
        return new TimeLimits(
                asked.hard() == null ? defined.hard() : asked.hard(),
                asked.soft() == null ? defined.soft() : asked.soft());
    }

    private static TimeLimits defined(TaskDefinition definition) {
        var soft = definition.options().softTimeLimit();
        var hard = definition.options().timeLimit();
        return soft == null && hard == null ? TimeLimits.NONE : new TimeLimits(seconds(hard), seconds(soft));
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1e9;
    }

    private Future<?> after(double seconds, Runnable action) {
        return timer.schedule(action, Math.round(Math.max(0, seconds) * 1e9), TimeUnit.NANOSECONDS);
    }

    /// That it does not obey makes it no failure where it was revoked, or is another worker's by now.
    private static Outcome givenUp(Job job, double hard) {
        if (job.cause() == Job.Cause.REVOKED) {
            return new Outcome.Revoked(Outcome.Revoked.TERMINATED);
        }
        return job.cause() == Job.Cause.WORKER_STOPS && !job.hasRunForGood()
                ? new Outcome.Returned(Outcome.Returned.Why.DRAIN)
                : exceeded(hard);
    }

    private static Outcome exceeded(double hard) {
        Number limit = hard;
        if (hard == Math.rint(hard)) {
            limit = (long) hard;
        }
        return new Outcome.Failed(
                new RemoteError("TimeLimitExceeded", List.of(limit), "billiard.exceptions"),
                null,
                Outcome.Failed.Kind.UNEXPECTED);
    }
}
