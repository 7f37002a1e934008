package dev.jtask.jose;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The signatures of messages that have done their work here: whoever sends one of them again has copied it.
/// Knows of this worker's only, for as long as a signature may be old, and of so many at most. Safe for any
/// thread.
final class Replays {

    static final int MOST = 100_000;

    private final Duration kept;
    private final Map<String, Instant> used = new LinkedHashMap<>();

    Replays(Duration kept) {
        this.kept = kept;
    }

    synchronized boolean isUsed(String nonce) {
        return used.containsKey(nonce);
    }

    synchronized void use(String nonce, Instant now) {
        used.put(nonce, now);
        var oldest = used.values().iterator();
        while (oldest.hasNext()) {
            boolean old = oldest.next().plus(kept).isBefore(now);
            if (!old && used.size() <= MOST) {
                return;
            }
            oldest.remove();
        }
    }

    synchronized int size() {
        return used.size();
    }
}
