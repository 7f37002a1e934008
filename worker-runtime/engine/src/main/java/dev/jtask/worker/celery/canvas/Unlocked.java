package dev.jtask.worker.celery.canvas;

import dev.jtask.backend.Joined;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.run.Outcome;

/// A chord was joined by its results, as `celery.chord_unlock` does.
record Unlocked(String group, Signature body, Joined joined) implements Outcome.Sequel {

    @Override
    public Outcome.Sequel unsent(String id, RemoteError why) {
        var failed = ResultMessage.error(id, TaskState.FAILURE, why, null).result();
        return new Unlocked(group, body, new Joined.Failed(id, failed));
    }
}
