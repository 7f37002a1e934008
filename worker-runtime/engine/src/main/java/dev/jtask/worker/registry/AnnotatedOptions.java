package dev.jtask.worker.registry;

import dev.jtask.task.Durations;
import dev.jtask.task.Task;
import dev.jtask.worker.registry.TaskOptions.Trait;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the options of a [Task]; what is wrong is said as it is written there: `retryDelay = "5 minutes": …`.
final class AnnotatedOptions {

    private AnnotatedOptions() {}

    static TaskOptions of(Task task) {
        return new TaskOptions(
                retries(task),
                optional("softTimeLimit", task.softTimeLimit(), AnnotatedOptions::limit),
                optional("timeLimit", task.timeLimit(), AnnotatedOptions::limit),
                optional("rateLimit", task.rateLimit(), RateLimit::parse),
                List.of(task.expected()),
                traits(task),
                task.queue().isEmpty() ? null : task.queue(),
                task.priority(),
                shared(task));
    }

    static RetryPolicy retries(Task task) {
        var delay = option("retryDelay", task.retryDelay(), AnnotatedOptions::delay);
        // also where it is not used, so that a wrong one does not wait for the day when it is
        var cap = option("backoffCap", task.backoffCap(), AnnotatedOptions::delay);
        Backoff doubled = task.jitter() ? new Backoff.Jittered(delay, cap) : new Backoff.Exponential(delay, cap);
        return new RetryPolicy(
                task.maxRetries(),
                task.backoff() ? doubled : new Backoff.Fixed(delay),
                List.of(task.retryFor()),
                List.of(task.dontRetryFor()));
    }

    private static SharedLimits shared(Task task) {
        return new SharedLimits(
                task.maxConcurrent(),
                optional("maxRate", task.maxRate(), StartRate::parse),
                task.limitKey().isEmpty() ? null : LimitKey.of(task.limitKey()));
    }

    private static Set<Trait> traits(Task task) {
        var traits = EnumSet.noneOf(Trait.class);
        if (task.ignoreResult()) {
            traits.add(Trait.IGNORES_RESULT);
        }
        if (task.trackStarted()) {
            traits.add(Trait.TRACKS_START);
        }
        if (task.ackEarly()) {
            traits.add(Trait.ACKS_EARLY);
        }
        if (task.longRunning()) {
            traits.add(Trait.RUNS_LONG);
        }
        if (task.keepFailed()) {
            traits.add(Trait.KEEPS_FAILED);
        }
        return traits;
    }

    private static Duration delay(String text) {
        return Backoff.checked(Durations.parse(text));
    }

    private static Duration limit(String text) {
        return TaskOptions.limit(Durations.parse(text));
    }

    private static <T> @Nullable T optional(String option, String text, Function<String, T> parse) {
        return text.isEmpty() ? null : option(option, text, parse);
    }

    private static <T> T option(String option, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s = \"%s\": %s".formatted(option, text, e.getMessage()), e);
        }
    }
}
