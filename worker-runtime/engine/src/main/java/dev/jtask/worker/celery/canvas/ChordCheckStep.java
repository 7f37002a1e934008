package dev.jtask.worker.celery.canvas;

import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Clock;

/// Refuses tasks whose follow-ups this worker could not start, before anything is half done.
public final class ChordCheckStep implements Interceptor {

    private final FollowUps followUps;
    private final Canvas.Chords chords;
    private final Clock clock;

    public ChordCheckStep(FollowUps followUps, Canvas.Chords chords, Clock clock) {
        this.followUps = followUps;
        this.chords = chords;
        this.clock = clock;
    }

    @Override
    public Outcome around(Job job, Next next) {
        if (chords == Canvas.Chords.COUNTED) {
            return next.proceed(job);
        }
        var reason = followUps.needsChords(job.message(), clock.instant());
        return reason == null ? next.proceed(job) : Outcome.Refused.unfit("NotImplementedError", reason);
    }
}
