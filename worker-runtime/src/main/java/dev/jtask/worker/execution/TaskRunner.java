package dev.jtask.worker.execution;

import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.registry.TaskRegistry;
import java.util.List;
import java.util.random.RandomGenerator;

/// Decodes a delivery, passes it through the interceptors and runs its task. Whatever a message or a task does, the
/// answer is an [Outcome].
public final class TaskRunner {

    private final TaskRegistry registry;
    private final List<Interceptor> interceptors;
    private final TimeLimiter limiter;
    private final RandomGenerator random;

    /// @param interceptors the first one is the outermost; the time limiter comes after all of them
    public TaskRunner(
            TaskRegistry registry, List<Interceptor> interceptors, TimeLimiter limiter, RandomGenerator random) {
        this.registry = registry;
        this.interceptors = List.copyOf(interceptors);
        this.limiter = limiter;
        this.random = random;
    }

    public Execution run(Attempt attempt) {
        var decoded = TaskCodec.decode(attempt.received().message());
        return switch (decoded) {
            case DecodeResult.Malformed malformed -> new Execution(decoded, null, invalid(malformed.reason()));
            case DecodeResult.Decoded(var message) -> {
                attempt.decoded(message);
                var definition = registry.find(message.task());
                if (definition == null) {
                    yield new Execution(decoded, null, unknown(message));
                }
                var outcome = through(0, new Invocation(message, definition, attempt));
                // as the steps left it: a trace goes on from this run, not from what sent it
                var after = attempt.message();
                yield new Execution(after == null ? decoded : new DecodeResult.Decoded(after), definition, outcome);
            }
        };
    }

    private static Outcome invalid(String reason) {
        return new Outcome.Refused(reason, RemoteError.celery("InvalidTaskError", reason), Outcome.Refused.PLAIN);
    }

    private Outcome unknown(TaskMessage message) {
        return new Outcome.Refused(
                "task '%s' is not registered here; this worker has %s".formatted(message.task(), registry.names()),
                RemoteError.celery("NotRegistered", message.task()),
                Outcome.Refused.PLAIN);
    }

    private Outcome through(int step, Invocation invocation) {
        return step < interceptors.size()
                ? interceptors.get(step).around(invocation, () -> through(step + 1, invocation.onward()))
                : limiter.around(invocation, () -> new Call(invocation, context(invocation), random).run());
    }

    private TaskContext context(Invocation invocation) {
        var limits = limiter.limits(invocation);
        var first = limits.soft() == null ? limits.hard() : limits.soft();
        var began = invocation.attempt().began();
        return new TaskContext(
                invocation.message(),
                invocation.received().queue(),
                invocation.received().isAgain() ? TaskContext.Redelivery.AGAIN : TaskContext.Redelivery.FIRST,
                first == null ? null : began.plusNanos(Math.round(first * 1e9)),
                new ContextLinks(invocation, registry));
    }
}
