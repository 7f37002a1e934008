package dev.jtask.worker;

import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Signals;
import dev.jtask.worker.run.TaskListener;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Deletes what a task has waited for once it has ended for good. Not at once, and not where the connection was lost
/// since: a task whose acknowledgement did not reach the broker runs again, and needs its signals. What is left over
/// expires.
///
/// @param session that consumes; null while there is none
record SignalSweep(Signals signals, Supplier<@Nullable Object> session, ScheduledExecutorService timer)
        implements TaskListener {

    /// Longer than the broker takes to notice a connection that is cut off.
    static final Duration AFTER = Duration.ofMinutes(5);

    @Override
    public void ended(Job job, Outcome outcome, Duration busy) {
        switch (outcome) {
            case Outcome.Done _, Outcome.Failed _, Outcome.Revoked _, Outcome.Refused _ -> later(job);
            case Outcome.Retry _, Outcome.Later _, Outcome.Returned _ -> {
                // it runs again
            }
        }
    }

    private void later(Job job) {
        var names = job.waits().ends().keySet();
        if (names.isEmpty()) {
            return;
        }
        var id = job.message().id();
        var got = job.signals();
        var then = session.get();
        var _ = timer.schedule(
                () -> {
                    if (then != null && then.equals(session.get())) {
                        names.forEach(name -> signals.forget(new SignalPlace(id, name), got.get(name)));
                    }
                },
                AFTER.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
