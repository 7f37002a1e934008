package dev.jtask.worker.run;

import static java.util.Objects.requireNonNull;

import dev.jtask.task.TaskContext;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/// Passes a job through the steps and calls its task. Whatever a step or a task does, the answer is an [Outcome].
public final class Pipeline {

    private final TaskRegistry registry;
    private final Dispatch dispatch;
    private final List<Interceptor> steps;
    private final TimeLimiter limiter;
    private final Errands errands;
    private final Emitter emitter;
    private final Awaiting awaiting;
    private final RandomGenerator random;
    private final Clock clock;

    /// @param dispatch of all tasks that there are here
    /// @param steps the first one is the outermost; the time limits come after all of them
    public Pipeline(
            Dispatch dispatch,
            List<Interceptor> steps,
            TimeLimiter limiter,
            Errands errands,
            Emitter emitter,
            Awaiting awaiting,
            RandomGenerator random,
            Clock clock) {
        this.registry = dispatch.registry();
        this.dispatch = dispatch;
        this.steps = List.copyOf(steps);
        this.limiter = limiter;
        this.errands = errands;
        this.emitter = emitter;
        this.awaiting = awaiting;
        this.random = random;
        this.clock = clock;
    }

    /// @param giveUp ends the job before its thread does
    Outcome run(Job job, BiConsumer<Job, Outcome> giveUp) {
        if (Unregistered.is(job.definition())) {
            return Unregistered.refused(job.message().task(), registry.names().size());
        }
        try {
            return through(0, job, giveUp);
        } catch (Throwable thrown) { // the boundary of the steps, some of which are the user's
            return new Outcome.Failed(Thrown.error(thrown), Thrown.traceback(thrown), Outcome.Failed.Kind.UNEXPECTED);
        }
    }

    TaskDefinition definition(String task) {
        var known = registry.find(task);
        return known == null ? Unregistered.definition() : known;
    }

    private Outcome through(int step, Job job, BiConsumer<Job, Outcome> giveUp) {
        if (step < steps.size()) {
            var interceptor = steps.get(step);
            return requireNonNull(
                    interceptor.around(job, onward -> through(step + 1, onward, giveUp)),
                    () -> "interceptor %s gives no outcome; return what next.proceed(job) returns, or one of its own"
                            .formatted(interceptor.getClass().getName()));
        }
        return limiter.around(job, giveUp, limited -> new Call(limited, context(limited), random).run());
    }

    private TaskContext context(Job job) {
        var limits = limiter.limits(job);
        var first = limits.soft() == null ? limits.hard() : limits.soft();
        return new TaskContext(
                job.message(),
                job.delivery().queue(),
                job.delivery().hasComeAgain() ? TaskContext.Redelivery.AGAIN : TaskContext.Redelivery.FIRST,
                first == null ? null : clock.instant().plusNanos(Math.round(first * 1e9)),
                new ContextLinks(job, dispatch, errands, new Emission(job, emitter), clock),
                awaiting.of(job));
    }
}
