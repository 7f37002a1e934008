package dev.jtask.worker.execution;

import dev.jtask.protocol.message.DecodeResult;
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
import org.jspecify.annotations.Nullable;

/// Interrupts a task at its soft time limit, and at its hard one ends the attempt whether the task obeys or not: a task
/// that ignores the interrupt for a second loses its slot, and its thread counts as stuck until it ends.
public final class TimeLimiter implements Interceptor {

    private static final long GRACE_MS = 1_000;

    private final ScheduledExecutorService timer;
    private final Map<String, TimeLimits> changed = new ConcurrentHashMap<>();

    public TimeLimiter(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        var limits = limits(invocation);
        var hard = limits.hard();
        var soft = limits.soft();
        var alarms = new ArrayList<Future<?>>();
        var attempt = invocation.attempt();
        if (soft != null) {
            alarms.add(after(soft, () -> attempt.cancel(Attempt.Cause.SOFT_TIME_LIMIT)));
        }
        if (hard != null) {
            alarms.add(after(hard, () -> attempt.cancel(Attempt.Cause.TIME_LIMIT)));
            alarms.add(after(hard + GRACE_MS / 1e3, () -> giveUp(invocation, hard)));
        }
        try {
            var outcome = next.proceed();
            return attempt.cause() == Attempt.Cause.TIME_LIMIT && hard != null ? exceeded(hard) : outcome;
        } finally {
            alarms.forEach(alarm -> alarm.cancel(false));
        }
    }

    /// Replaces a task's own limits until the worker ends.
    public void change(String task, TimeLimits limits) {
        changed.put(task, limits);
    }

    /// The message's limits, else those set at run time, else the definition's.
    TimeLimits limits(Invocation invocation) {
        var asked = invocation.message().timeLimits();
        var defined = changed.getOrDefault(invocation.definition().name(), defined(invocation.definition()));
        return new TimeLimits(
                asked.hard() == null ? defined.hard() : asked.hard(),
                asked.soft() == null ? defined.soft() : asked.soft());
    }

    private static TimeLimits defined(TaskDefinition definition) {
        return new TimeLimits(
                seconds(definition.options().timeLimit()),
                seconds(definition.options().softTimeLimit()));
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1e9;
    }

    private Future<?> after(double seconds, Runnable action) {
        // off the timer's thread: settling must not delay other alarms
        return timer.schedule(
                () -> Thread.ofPlatform().daemon().name("time-limit").start(action),
                Math.round(Math.max(0, seconds) * 1e9),
                TimeUnit.NANOSECONDS);
    }

    private static void giveUp(Invocation invocation, double hard) {
        var execution =
                new Execution(new DecodeResult.Decoded(invocation.message()), invocation.definition(), exceeded(hard));
        invocation.attempt().handling().giveUp(execution);
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
