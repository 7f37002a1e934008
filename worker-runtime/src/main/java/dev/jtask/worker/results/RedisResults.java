package dev.jtask.worker.results;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import org.jspecify.annotations.Nullable;

/// The one connection to Redis of a worker, opened when it is first needed; it comes back by itself after a loss.
public final class RedisResults implements AutoCloseable {

    private final String uri;
    private @Nullable RedisClient client;
    private @Nullable RedisBackend backend;

    /// @param uri `redis://` or `rediss://`; not looked at before [#backend()]
    public RedisResults(String uri) {
        this.uri = uri;
    }

    /// @throws io.lettuce.core.RedisException when the server cannot be reached
    public synchronized ResultBackend backend() {
        var present = backend;
        if (present == null) {
            // kept when the connection fails: a client has threads of its own
            var opened = client == null ? RedisClient.create(RedisURI.create(uri)) : client;
            client = opened;
            present = new RedisBackend(opened.connect(StringCodec.UTF8).async());
            backend = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdown();
        }
    }
}
