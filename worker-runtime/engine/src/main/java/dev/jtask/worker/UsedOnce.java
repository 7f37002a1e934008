package dev.jtask.worker;

import dev.jtask.seal.MessageSeal;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.TaskListener;
import java.time.Duration;

/// Notes which messages have done their work: a copy of one with a signature is none that its sender has sent.
///
/// What waits for its time, and what was given back, comes again as it was.
record UsedOnce(MessageSeal seal) implements TaskListener {

    @Override
    public void ended(Job job, Outcome outcome, Duration busy) {
        switch (outcome) {
            case Outcome.Done _, Outcome.Failed _, Outcome.Retry _, Outcome.Revoked _, Outcome.Refused _ ->
                seal.used(job.delivery().message());
            case Outcome.Later _, Outcome.Returned _ -> {
                // it comes again
            }
        }
    }
}
