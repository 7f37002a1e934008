package dev.jtask.worker.steps;

import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Starts each task no more often than its rate limit says, on this worker. A task whose turn has not come waits in the
/// worker without a slot, in order of arrival.
public final class RateLimits implements Interceptor {

    private final Clock clock;
    private final Map<String, Optional<RateLimit>> changed = new ConcurrentHashMap<>();
    private final Map<String, Turns> turns = new ConcurrentHashMap<>();

    public RateLimits(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Outcome around(Job job, Next next) {
        var limit = limit(job.definition());
        if (limit.isEmpty()) {
            return next.proceed(job);
        }
        var later = turns.computeIfAbsent(job.definition().name(), _ -> new Turns(clock))
                .give(
                        limit.get().interval(),
                        job.delivery().turn(),
                        job.delivery().receipt());
        return later.isPresent() ? later.get() : next.proceed(job);
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
}
