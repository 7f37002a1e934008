package dev.jtask.redis;

import dev.jtask.protocol.result.StoredResult;
import java.time.Duration;

/// What the keys of one application are called, and how long results stay: as Celery's `global_keyprefix` and
/// `result_expires` have it.
///
/// @param prefix in front of every key and channel; empty for none
/// @param kept zero for ever
record RedisKeys(String prefix, Duration kept) {

    static final RedisKeys USUAL = new RedisKeys("", Duration.ofSeconds(StoredResult.KEPT_SECONDS));

    /// As Celery does it: a prefix that does not end in a separator gets one.
    RedisKeys {
        if (!prefix.isEmpty() && ":_-.".indexOf(prefix.charAt(prefix.length() - 1)) < 0) {
            prefix += "_";
        }
    }

    String of(String key) {
        return prefix + key;
    }

    /// For scripts: 0 means for ever.
    String seconds() {
        return Long.toString(kept.toSeconds());
    }
}
