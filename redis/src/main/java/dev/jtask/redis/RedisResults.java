package dev.jtask.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.topology.SignalPlace;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Results in Celery's keys and JSON, so that a Python client with `redis://` reads them.
final class RedisResults implements StoredResults {

    private static final String STORE = """
            local before = redis.call('GET', KEYS[1])
            if before then
              local read, meta = pcall(cjson.decode, before)
              if read and type(meta) == 'table' and meta['status'] == 'SUCCESS' then return 0 end
            end
            redis.call('SET', KEYS[1], ARGV[2])
            if ARGV[1] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
            redis.call('PUBLISH', KEYS[1], ARGV[2])
            return 1
            """;

    private final RedisConnection connection;
    private final RedisWatch watch;

    RedisResults(RedisConnection connection) {
        this.connection = connection;
        this.watch = new RedisWatch(connection);
    }

    @Override
    public CompletableFuture<Void> store(StoredResult result, Instant now) {
        var key = key(result.result().taskId());
        return connection
                .<Long>send(
                        key,
                        () -> new String[] {seconds(result.result(), now), json(result, now)},
                        (redis, values) -> redis.eval(STORE, ScriptOutputType.INTEGER, new String[] {key}, values))
                .thenAccept(stored -> {});
    }

    @Override
    public CompletableFuture<Map<String, ResultMessage>> read(List<String> ids) {
        if (ids.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        var keys = ids.stream().map(this::key).toArray(String[]::new);
        return connection.ask(redis -> redis.mget(keys)).thenApply(RedisResults::byId);
    }

    @Override
    public CompletableFuture<Void> watch(String taskId, Watcher watcher) {
        return watch.start(key(taskId), watcher);
    }

    @Override
    public void leave(String taskId) {
        watch.end(key(taskId));
    }

    /// What waits for a signal is known for as long as it does, and then as long as anything else: where it waits on,
    /// it says so again.
    private String seconds(ResultMessage result, Instant now) {
        var until = result.until();
        var kept = connection.keys().kept();
        if (until == null || kept.isZero() || until.isBefore(now)) {
            return connection.keys().seconds();
        }
        var wait = Duration.between(now, until);
        var most = SignalPlace.LONGEST;
        return Long.toString(kept.plus(wait.compareTo(most) > 0 ? most : wait).toSeconds());
    }

    private String key(String taskId) {
        return connection.keys().of(StoredResult.key(taskId));
    }

    static String json(StoredResult result, Instant now) {
        try {
            return result.json(now);
        } catch (UncheckedIOException e) {
            throw new StoreRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, ResultMessage> byId(List<KeyValue<String, String>> found) {
        var byId = new HashMap<String, ResultMessage>();
        for (var each : found) {
            if (each.hasValue()) {
                var result = result(each.getValue());
                byId.put(result.taskId(), result);
            }
        }
        return byId;
    }

    static ResultMessage result(String json) {
        try {
            return StoredResult.read(json);
        } catch (JsonProcessingException e) {
            throw new StoreRefusedException("a value in Redis is no result: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new StoreRefusedException("a value in Redis is no result: " + e.getMessage(), e);
        }
    }
}
