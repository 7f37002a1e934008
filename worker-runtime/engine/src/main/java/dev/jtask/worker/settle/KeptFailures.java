package dev.jtask.worker.settle;

import dev.jtask.backend.Joined;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Keeps the message of a task that has failed for good, after all else that follows of it: where the task itself
/// wishes it, or its queue is one of those that are kept. A failure that its author counts among the answers is none.
public final class KeptFailures implements AfterTask {

    private final AfterTask canvas;
    private final Predicate<String> queues;

    /// @param canvas what else follows the task
    /// @param queues whose failed tasks are all kept
    public KeptFailures(AfterTask canvas, Predicate<String> queues) {
        this.canvas = canvas;
        this.queues = queues;
    }

    @Override
    public Sequel after(Job job, Outcome outcome, Instant now) {
        var sequel = canvas.after(job, outcome, now);
        if (!(outcome instanceof Outcome.Failed failed) || !isKept(job, failed)) {
            return sequel;
        }
        var after = new ArrayList<>(sequel.after());
        after.add(Ending.kept(job, failed));
        return new Sequel(sequel.before(), after);
    }

    @Override
    public List<Effect> joined(Job last, Effect.Count counted, Joined joined, Instant now) {
        return canvas.joined(last, counted, joined, now);
    }

    private boolean isKept(Job job, Outcome.Failed failed) {
        return switch (failed.kind()) {
            case EXPECTED -> false;
            case UNEXPECTED ->
                job.isKeptWhenFailed() || queues.test(job.delivery().queue());
        };
    }
}
