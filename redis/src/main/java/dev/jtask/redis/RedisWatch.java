package dev.jtask.redis;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredResults.Watcher;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of values by a channel for each key, and reads the key whenever its channel was subscribed to, first or again
/// after a loss, so that none is missed in between.
final class RedisWatch extends RedisPubSubAdapter<String, String> {

    private static final Logger LOG = LoggerFactory.getLogger(RedisWatch.class);

    private final RedisConnection connection;
    private final ConcurrentHashMap<String, Watched> watchers = new ConcurrentHashMap<>();

    RedisWatch(RedisConnection connection) {
        this.connection = connection;
    }

    CompletableFuture<Void> start(String key, Watcher watcher) {
        watchers.put(key, new Watched(watcher));
        return connection.listen(this, channels -> channels.subscribe(key));
    }

    void end(String key) {
        if (watchers.remove(key) != null) {
            unsubscribe(key);
        }
    }

    @Override
    public void subscribed(String channel, long count) {
        var watched = watchers.get(channel);
        if (watched != null) {
            watched.begins();
            read(channel, true);
        } else {
            // left before there was a connection
            unsubscribe(channel);
        }
    }

    @Override
    public void message(String channel, String json) {
        tell(channel, json, Watched::told);
    }

    private void unsubscribe(String key) {
        var ignored = connection.listen(this, channels -> channels.unsubscribe(key));
    }

    private void tell(String key, @Nullable String json, BiConsumer<Watched, ResultMessage> how) {
        var watched = watchers.get(key);
        if (watched == null || json == null) {
            return;
        }
        ResultMessage result;
        try {
            result = RedisResults.result(json);
        } catch (StoreRefusedException e) {
            LOG.warn("the value of {} in {} cannot be read: {}", key, connection, e.getMessage());
            if (!StoredResult.isOnTheWay(json)) {
                watched.unreadable(e);
            }
            return;
        }
        how.accept(watched, result);
    }

    /// Until it is read: nobody else tells a result that is there already.
    private void read(String channel, boolean first) {
        var ignored = connection
                .<@Nullable String>ask(redis -> redis.get(channel))
                .whenComplete((json, failure) -> {
                    if (failure == null) {
                        tell(channel, json, Watched::found);
                    } else {
                        unread(channel, first, failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                });
    }

    private void unread(String key, boolean first, @Nullable Throwable failure) {
        var watched = watchers.get(key);
        if (watched == null || connection.isClosed()) {
            return;
        }
        if (failure instanceof StoreRefusedException refused) {
            watched.unreadable(refused);
            return;
        }
        if (first) {
            LOG.warn("{} was not read, it is tried again each second: {}", key, String.valueOf(failure));
        }
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> read(key, false));
    }
}
