package dev.jtask.worker.execution;

import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.canvas.FollowUps;
import java.time.Clock;

/// Refuses tasks whose follow-ups this worker could not start, before anything is half done.
public final class ChordCheck implements Interceptor {

    /// Whether the result backend can count the parts of a chord.
    public enum Chords {
        COUNTED,
        IMPOSSIBLE
    }

    private final FollowUps followUps;
    private final Chords chords;
    private final Clock clock;

    public ChordCheck(FollowUps followUps, Chords chords, Clock clock) {
        this.followUps = followUps;
        this.chords = chords;
        this.clock = clock;
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        if (chords == Chords.COUNTED) {
            return next.proceed();
        }
        var reason = followUps.needsChords(invocation.message(), clock.instant());
        return reason == null
                ? next.proceed()
                : new Outcome.Refused(reason, RemoteError.celery("NotImplementedError", reason), Outcome.Refused.PLAIN);
    }
}
