package dev.jtask.redis;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStoreProvider;
import java.util.Set;

/// Keeps results, chords and idempotency keys in Redis.
public final class RedisStoreProvider implements ResultStoreProvider {

    @Override
    public Set<String> schemes() {
        return RedisAddress.SCHEMES;
    }

    @Override
    public ResultStore open(String uri) {
        var connection = new RedisConnection(RedisAddress.of(uri));
        return new ResultStore(
                new RedisResults(connection), new RedisChords(connection), new RedisClaims(connection), connection);
    }
}
