package dev.jtask.redis;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of values by a channel for each key, and reads the key whenever its channel was subscribed to, first or again
/// after a loss, so that none is missed in between.
final class RedisWatch extends RedisPubSubAdapter<String, String> {

    private static final Logger LOG = LoggerFactory.getLogger(RedisWatch.class);

    private final RedisConnection connection;
    private final ConcurrentHashMap<String, Consumer<ResultMessage>> watchers = new ConcurrentHashMap<>();

    RedisWatch(RedisConnection connection) {
        this.connection = connection;
    }

    CompletableFuture<Void> start(String key, Consumer<ResultMessage> told) {
        watchers.put(key, told);
        return connection.listen(this, channels -> channels.subscribe(key));
    }

    void end(String key) {
        if (watchers.remove(key) != null) {
            unsubscribe(key);
        }
    }

    @Override
    public void subscribed(String channel, long count) {
        if (watchers.containsKey(channel)) {
            var ignored = connection
                    .<@Nullable String>ask(redis -> redis.get(channel))
                    .thenAccept(json -> tell(channel, json))
                    .exceptionally(failure -> unread(channel, failure));
        } else {
            // left before there was a connection
            unsubscribe(channel);
        }
    }

    @Override
    public void message(String channel, String json) {
        tell(channel, json);
    }

    private void unsubscribe(String key) {
        var ignored = connection.listen(this, channels -> channels.unsubscribe(key));
    }

    private void tell(String key, @Nullable String json) {
        var told = watchers.get(key);
        if (told == null || json == null) {
            return;
        }
        try {
            told.accept(StoredResult.read(json));
        } catch (IOException e) {
            LOG.warn("ignoring the value of {} in {} that is no result: {}", key, connection, e.getMessage());
        }
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static Void unread(String key, Throwable failure) {
        LOG.warn("{} was not read, only what comes from now on is told: {}", key, failure.getMessage());
        return null;
    }
}
