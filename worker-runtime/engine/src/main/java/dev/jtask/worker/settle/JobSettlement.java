package dev.jtask.worker.settle;

import dev.jtask.backend.Joined;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ending of a job, of which listeners hear once it is settled.
final class JobSettlement extends Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(JobSettlement.class);

    private final Job job;
    private final Outcome outcome;
    private final Duration busy;
    private boolean told;
    private boolean replaced;

    JobSettlement(Settler settler, Job job, Outcome outcome, Duration busy) {
        super(settler, job.delivery(), ending(settler, job, outcome));
        this.job = job;
        this.outcome = outcome;
        this.busy = busy;
        this.told = !job.isResultWanted();
    }

    @Override
    List<Effect> joined(Effect.Count count, Joined joined) {
        return settler().canvas().joined(job, count, joined, settler().clock().instant());
    }

    /// Once; when that cannot be carried out either, what is left of it is done without.
    @Override
    Ending instead(Effect refused, String why) {
        if (replaced) {
            LOG.debug("{}: nobody is told, since the broker does not take that either: {}", job, why);
            return new Ending(List.of(letter(why)), new Disposition.Ack());
        }
        replaced = true;
        LOG.warn("{}: {}", job, SafeText.line(why));
        return Ending.unsendable(
                job, why, told, settler().canvas(), settler().clock().instant());
    }

    @Override
    void told() {
        told = true;
    }

    @Override
    void over() {
        settler().listener().ended(job, outcome, busy);
    }

    @Override
    void lost() {
        settler().listener().lost(job, outcome);
    }

    private Effect.DeadLetter letter(String why) {
        return new Effect.DeadLetter(why, job.message().retries() + 1, null);
    }

    private static Ending ending(Settler settler, Job job, Outcome outcome) {
        var now = settler.clock().instant();
        try {
            return Ending.of(job, outcome, settler.canvas(), now);
        } catch (RuntimeException e) { // what follows cannot be planned: the task has run all the same, once
            LOG.warn("{}: what follows the task cannot be planned", job, e);
            return Ending.unsendable(job, String.valueOf(e.getMessage()), false, AfterTask.NOTHING, now);
        }
    }
}
