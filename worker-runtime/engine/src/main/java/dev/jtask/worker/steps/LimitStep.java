package dev.jtask.worker.steps;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.topology.LimitScope;
import dev.jtask.worker.registry.SharedLimits;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Permits;
import dev.jtask.worker.run.SparseLog;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the limits that workers share: a task that is too many is put off, in the broker and without its slot, and
/// asks anew. While nobody can say whether it is, it is taken for that. A permit ends with the run's own thread, also
/// where a time limit has given the run up.
public final class LimitStep implements Interceptor {

    private static final Logger LOG = LoggerFactory.getLogger(LimitStep.class);
    private static final long SHORTEST_MS = 3_000;
    private static final long LONGEST_MS = 60_000;

    private final Permits permits;
    private final RandomGenerator random;
    private final SparseLog unknown = new SparseLog(LOG);

    /// @param random for pauses, so that tasks that were put off together do not come back together
    public LimitStep(Permits permits, RandomGenerator random) {
        this.permits = permits;
        this.random = random;
    }

    @Override
    public Outcome around(Job job, Next next) {
        var shared = job.definition().options().shared();
        if (shared.isNone()) {
            return next.proceed(job);
        }
        var of = scope(job, shared);
        return switch (run(of, shared)) {
            case Permits.Answer.Granted(var permit) -> {
                try (permit) {
                    yield started(job, of, shared, next);
                }
            }
            case Permits.Answer.Full() -> putOff(job);
            case Permits.Answer.Unknown(var why) -> putOff(job, why);
        };
    }

    /// Last of all, since a start that was granted cannot be given back.
    private Outcome started(Job job, LimitScope of, SharedLimits shared, Next next) {
        return switch (start(of, shared)) {
            case Permits.Answer.Granted _ -> next.proceed(job);
            case Permits.Answer.Full() -> putOff(job);
            case Permits.Answer.Unknown(var why) -> putOff(job, why);
        };
    }

    private Permits.Answer run(LimitScope of, SharedLimits shared) {
        return shared.maxConcurrent() == 0
                ? new Permits.Answer.Granted(Permits.Permit.NONE)
                : permits.run(of, shared.maxConcurrent());
    }

    private Permits.Answer start(LimitScope of, SharedLimits shared) {
        var rate = shared.maxRate();
        return rate == null
                ? new Permits.Answer.Granted(Permits.Permit.NONE)
                : permits.start(of, rate.starts(), rate.period());
    }

    private static LimitScope scope(Job job, SharedLimits shared) {
        var message = job.message();
        var key = shared.key();
        return new LimitScope(message.task(), key == null ? null : key.in(message.args(), message.kwargs()));
    }

    private Outcome putOff(Job job, String why) {
        unknown.warn("task %s is put off, since nobody can say whether it is at its limit: %s"
                .formatted(job.message().task(), why));
        return putOff(job);
    }

    private Outcome putOff(Job job) {
        int times = times(job);
        var pause = pause(times, random.nextDouble());
        LOG.debug("{} is at its limit, and put off for {} ms, for the {}. time", job, pause.toMillis(), times + 1);
        return new Outcome.Later(pause, new Outcome.BehindOthers(times + 1));
    }

    /// How often it has been put off before.
    static int times(Job job) {
        return job.delivery().message().properties().headers().get(JtaskHeaders.PUT_OFF) instanceof Number number
                ? Math.clamp(number.longValue(), 0, Integer.MAX_VALUE - 1)
                : 0;
    }

    /// Twice as long each time, from two or three seconds to half a minute or a whole one: from then on all who
    /// wait ask equally often, so that none is overtaken for ever.
    ///
    /// @param times how often it has been put off before
    /// @param random uniform in 0..1
    static Duration pause(int times, double random) {
        long most = Math.min(LONGEST_MS, SHORTEST_MS << Math.min(times, 10));
        return Duration.ofMillis(Math.round(most * (1 + random) / 2));
    }
}
