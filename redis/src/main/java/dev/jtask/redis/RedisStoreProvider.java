package dev.jtask.redis;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStoreProvider;
import dev.jtask.tls.TlsFiles;
import java.util.Set;

/// Keeps results, chords and idempotency keys in Redis.
public final class RedisStoreProvider implements ResultStoreProvider {

    @Override
    public Set<String> schemes() {
        return RedisAddress.SCHEMES;
    }

    @Override
    public ResultStore open(String uri, TlsFiles tls) {
        return on(new RedisConnection(RedisAddress.of(uri), tls, Pulse.USUAL));
    }

    static ResultStore on(RedisConnection connection) {
        return new ResultStore(
                new RedisResults(connection),
                new RedisPieces(connection),
                new RedisChords(connection),
                new RedisClaims(connection),
                connection);
    }
}
