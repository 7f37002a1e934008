package dev.jtask.worker.results;

import dev.jtask.worker.execution.Claims;
import dev.jtask.worker.execution.StoredResults;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import org.jspecify.annotations.Nullable;

/// The one connection to Redis of a worker, opened when it is first needed; it comes back by itself after a loss.
public final class RedisResults implements AutoCloseable {

    private final String uri;
    private @Nullable RedisClient client;
    private @Nullable RedisAsyncCommands<String, String> commands;

    /// @param uri `redis://` or `rediss://`; not looked at before it is needed
    public RedisResults(String uri) {
        this.uri = uri;
    }

    /// @throws io.lettuce.core.RedisException when the server cannot be reached
    public ResultBackend backend() {
        return new RedisBackend(commands());
    }

    /// @throws io.lettuce.core.RedisException when the server cannot be reached
    public Claims claims() {
        return new RedisClaims(commands());
    }

    /// @throws io.lettuce.core.RedisException when the server cannot be reached
    public StoredResults stored() {
        return new RedisStoredResults(commands());
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdown();
        }
    }

    private synchronized RedisAsyncCommands<String, String> commands() {
        var present = commands;
        if (present == null) {
            // kept when the connection fails: a client has threads of its own
            var opened = client == null ? RedisClient.create(RedisURI.create(uri)) : client;
            client = opened;
            present = opened.connect(StringCodec.UTF8).async();
            commands = present;
        }
        return present;
    }
}
