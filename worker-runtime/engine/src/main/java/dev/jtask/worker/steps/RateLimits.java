package dev.jtask.worker.steps;

import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Starts each task no more often than its rate limit says, on this worker. A task whose turn has not come waits in the
/// worker without a slot, in order of arrival.
public final class RateLimits implements Interceptor {

    /// The last one of a task.
    ///
    /// @param given from when on it may start
    /// @param next the first that nobody has
    private record Turn(Instant asked, Instant given, Instant next) {}

    private final Clock clock;
    private final Map<String, Optional<RateLimit>> changed = new ConcurrentHashMap<>();
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    public RateLimits(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Outcome around(Job job, Next next) {
        var limit = limit(job.definition());
        if (limit.isEmpty()) {
            return next.proceed(job);
        }
        var turn = turn(
                job.definition().name(), limit.get().interval(), job.delivery().turn());
        return turn.given().isAfter(turn.asked())
                ? new Outcome.Later(Duration.between(turn.asked(), turn.given()), new Outcome.Here(turn.given()))
                : next.proceed(job);
    }

    /// Replaces a task's limit until the worker ends.
    public void change(String task, RateLimit limit) {
        changed.put(task, Optional.of(limit));
        turns.remove(task);
    }

    /// Takes a task's limit away until the worker ends.
    public void lift(String task) {
        changed.put(task, Optional.empty());
        turns.remove(task);
    }

    public Optional<RateLimit> limit(TaskDefinition definition) {
        return changed.getOrDefault(
                definition.name(), Optional.ofNullable(definition.options().rateLimit()));
    }

    /// @param held the turn that it was given before; null where it was not
    private Turn turn(String task, Duration interval, @Nullable Instant held) {
        return Objects.requireNonNull(turns.compute(task, (name, before) -> {
            // in here nobody else's moment comes between: an earlier one than before is of a clock that was put back
            var now = clock.instant();
            var free = before == null || now.isBefore(before.asked()) ? now : before.next();
            if (held != null && held.isBefore(free)) {
                return new Turn(now, held, free);
            }
            // also for one that was given by another clock, or under another limit: nobody is before it any more
            var given = free.isAfter(now) ? free : now;
            return new Turn(now, given, given.plus(interval));
        }));
    }
}
