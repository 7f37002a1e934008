package dev.jtask.worker.steps;

import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Puts a task's name, id, attempt and queue into the log's context while it runs, and logs how it ended: at debug, but
/// a failure that its author does not expect at warning. Arguments are not logged.
public final class LogContextStep implements Interceptor {

    private static final Logger LOG = LoggerFactory.getLogger(LogContextStep.class);

    @Override
    public Outcome around(Job job, Next next) {
        var message = job.message();
        MDC.put("task", message.task());
        MDC.put("id", message.id());
        MDC.put("attempt", Integer.toString(message.retries() + 1));
        MDC.put("queue", job.delivery().queue());
        try {
            var outcome = next.proceed(job);
            if (job.shown(outcome) instanceof Outcome.Failed failed
                    && failed.kind() == Outcome.Failed.Kind.UNEXPECTED) {
                var trace = failed.traceback() == null ? "" : "\n" + failed.traceback();
                LOG.warn("{} failed: {}{}", message.task(), failed.error().display(), trace);
            } else {
                LOG.debug("{} {}", message.task(), outcome.word());
            }
            return outcome;
        } finally {
            MDC.clear();
        }
    }
}
