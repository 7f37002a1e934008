package dev.jtask.worker.steps;

import dev.jtask.broker.tracing.RunEnd;
import dev.jtask.broker.tracing.RunTrace;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.SparseLog;
import dev.jtask.worker.run.TaskListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Tells of a task's run whoever tells of runs: of its beginning and its end, and when all that follows of it is sent.
/// One that fails costs no task.
public final class RunSpanStep implements Interceptor, TaskListener {

    private static final Logger LOG = LoggerFactory.getLogger(RunSpanStep.class);

    /// What a step leaves that throws.
    private static final RunEnd BROKEN = new RunEnd("failed", TaskState.FAILURE, null, null);

    private final TaskTracing tracing;
    private final SparseLog failures = new SparseLog(LOG);

    /// A task whose run is told of.
    ///
    /// @param job whose message says that what follows comes from the run
    private record Run(Job job, RunTrace trace, RunTrace.Scope scope) {}

    public RunSpanStep(TaskTracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public Outcome around(Job job, Next next) {
        var run = begin(job);
        if (run == null) {
            return next.proceed(job);
        }
        var told = BROKEN;
        try {
            var outcome = next.proceed(run.job);
            told = end(job.shown(outcome));
            return outcome;
        } finally {
            end(run, told);
        }
    }

    @Override
    public void ended(Job job, Outcome outcome, Duration busy) {
        quietly(() -> tracing.settled(job.message().id()));
    }

    @Override
    public void lost(Job job, Outcome outcome) {
        quietly(() -> tracing.settled(job.message().id()));
    }

    /// Null where nobody tells of it, or somebody who does not work.
    private @Nullable Run begin(Job job) {
        try {
            var trace = tracing.run(job.message(), job.delivery().queue());
            trace.logged().forEach(MDC::put);
            var message = trace.message();
            return new Run(message.equals(job.message()) ? job : job.with(message), trace, open(trace));
        } catch (Throwable broken) { // the boundary of the user's tracer: the task runs without it
            failed(broken);
            return null;
        }
    }

    private RunTrace.Scope open(RunTrace trace) {
        try {
            return trace.open();
        } catch (Throwable broken) { // the same boundary: it has begun, and ends
            failed(broken);
            return () -> {};
        }
    }

    private void end(Run run, RunEnd told) {
        quietly(run.scope::close);
        quietly(() -> run.trace.end(told));
    }

    private void quietly(Runnable trace) {
        try {
            trace.run();
        } catch (Throwable broken) { // the boundary of the user's tracer: the task has run, whatever it says of it
            failed(broken);
        }
    }

    private void failed(Throwable broken) {
        failures.warn("the tracer fails, tasks go on without it: " + broken);
    }

    private static RunEnd end(Outcome outcome) {
        var word = outcome.word();
        var state = outcome.state().orElse(null);
        return switch (outcome) {
            case Outcome.Failed(var error, var traceback, var kind) ->
                new RunEnd(
                        word,
                        state,
                        thrown(error, traceback),
                        kind == Outcome.Failed.Kind.UNEXPECTED
                                ? new RunEnd.Fault(error.type(), error.display())
                                : null);
            case Outcome.Retry retry -> new RunEnd(word, state, thrown(retry.cause(), retry.traceback()), null);
            case Outcome.Refused refused ->
                new RunEnd(word, state, null, new RunEnd.Fault(refused.error().type(), refused.reason()));
            case Outcome.Revoked(var reason) ->
                new RunEnd(word, state, null, new RunEnd.Fault(TaskState.REVOKED, reason));
            case Outcome.Done _, Outcome.Later _, Outcome.Returned _ -> new RunEnd(word, state, null, null);
        };
    }

    private static RunEnd.Thrown thrown(RemoteError error, @Nullable String traceback) {
        return new RunEnd.Thrown(error.type(), error.display(), traceback);
    }
}
