package dev.jtask.worker.registry;

import dev.jtask.task.Task;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a task is run, apart from its code.
///
/// @param softTimeLimit after which the task is interrupted; null without
/// @param timeLimit after which it is given up; null without
/// @param rateLimit the most that one worker starts in a time; null without
/// @param expected exceptions that are not logged as failures
/// @param queue where this worker sends the task; null for the queue of the sending task
/// @param priority with which it is sent, 0..255
/// @param shared the limits that all workers keep together
public record TaskOptions(
        RetryPolicy retries,
        @Nullable Duration softTimeLimit,
        @Nullable Duration timeLimit,
        @Nullable RateLimit rateLimit,
        List<Class<? extends Throwable>> expected,
        Set<Trait> traits,
        @Nullable String queue,
        int priority,
        SharedLimits shared) {

    /// What a task is or is not.
    public enum Trait {
        /// No result is told or stored.
        IGNORES_RESULT,
        /// The state STARTED is told.
        TRACKS_START,
        /// The message is acknowledged before the task runs: at most once.
        ACKS_EARLY,
        /// No delivery is held unacknowledged while it runs.
        RUNS_LONG,
        /// The message is kept when the task has failed for good.
        KEEPS_FAILED
    }

    /// Three retries when asked for, no limits, a result, acknowledged on completion.
    public static final TaskOptions DEFAULT =
            new TaskOptions(RetryPolicy.DEFAULT, null, null, null, List.of(), Set.of(), null, 0, SharedLimits.NONE);

    public TaskOptions {
        expected = List.copyOf(expected);
        traits = Set.copyOf(traits);
        if (priority < 0 || priority > 255) {
            throw new IllegalArgumentException("priority must be 0 to 255, not " + priority);
        }
        if (queue != null) {
            WireNames.check("queue", queue);
        }
        limit("softTimeLimit", softTimeLimit);
        limit("timeLimit", timeLimit);
        if (softTimeLimit != null && timeLimit != null && softTimeLimit.compareTo(timeLimit) > 0) {
            throw new IllegalArgumentException(
                    "softTimeLimit %s is longer than timeLimit %s".formatted(softTimeLimit, timeLimit));
        }
    }

    /// @throws IllegalArgumentException naming the value that is wrong
    public static TaskOptions of(Task task) {
        return AnnotatedOptions.of(task);
    }

    /// With other retries.
    public TaskOptions withRetries(RetryPolicy policy) {
        return new TaskOptions(policy, softTimeLimit, timeLimit, rateLimit, expected, traits, queue, priority, shared);
    }

    /// @param soft null without
    /// @param hard null without
    public TaskOptions withTimeLimits(@Nullable Duration soft, @Nullable Duration hard) {
        return new TaskOptions(retries, soft, hard, rateLimit, expected, traits, queue, priority, shared);
    }

    /// The most that one worker starts; null without limit.
    public TaskOptions withRateLimit(@Nullable RateLimit limit) {
        return new TaskOptions(retries, softTimeLimit, timeLimit, limit, expected, traits, queue, priority, shared);
    }

    /// Sent to this queue; null for the queue of the sending task.
    public TaskOptions withQueue(@Nullable String name) {
        return new TaskOptions(retries, softTimeLimit, timeLimit, rateLimit, expected, traits, name, priority, shared);
    }

    /// The most that all workers run and start together.
    public TaskOptions withSharedLimits(SharedLimits limits) {
        return new TaskOptions(retries, softTimeLimit, timeLimit, rateLimit, expected, traits, queue, priority, limits);
    }

    /// With these traits as well.
    public TaskOptions with(Trait... more) {
        var all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(List.of(more));
        return new TaskOptions(retries, softTimeLimit, timeLimit, rateLimit, expected, all, queue, priority, shared);
    }

    /// Whether the task has this trait.
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /// Whether the exception is among those that the task's author counts as answers.
    public boolean expects(Throwable thrown) {
        return expected.stream().anyMatch(type -> type.isInstance(thrown));
    }

    /// @throws IllegalArgumentException when a task would end before it begins, or outlive every timer
    static Duration limit(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("%s leaves a task no time; write none for no limit".formatted(limit));
        }
        return Backoff.checked(limit);
    }

    private static void limit(String option, @Nullable Duration limit) {
        if (limit != null) {
            try {
                limit(limit);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s: %s".formatted(option, e.getMessage()), e);
            }
        }
    }
}
