package dev.jtask.redis;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredResults.Watcher;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;

/// Who hears of one key. What is read of it while its channel is subscribed to is no newer than what is told
/// meanwhile, or is told as well: only an end counts then.
final class Watched {

    private final Watcher watcher;
    /// Whether a state was told since the subscription.
    private boolean told;

    Watched(Watcher watcher) {
        this.watcher = watcher;
    }

    /// Its channel is subscribed to, first or again after a loss, and its key is read next.
    synchronized void begins() {
        told = false;
    }

    synchronized void told(ResultMessage result) {
        told |= !result.status().equals(EmittedPiece.STATE);
        watcher.told(result);
    }

    synchronized void found(ResultMessage result) {
        if (!told || TaskState.isReady(result.status())) {
            watcher.found(result);
        }
    }

    void unreadable(StoreRefusedException why) {
        watcher.unreadable(why);
    }
}
