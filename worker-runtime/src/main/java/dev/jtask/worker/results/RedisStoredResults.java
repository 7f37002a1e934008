package dev.jtask.worker.results;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.worker.execution.StoredResults;
import io.lettuce.core.KeyValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Results in Celery's keys in Redis.
record RedisStoredResults(RedisAsyncCommands<String, String> redis) implements StoredResults {

    @Override
    public CompletableFuture<Map<String, ResultMessage>> read(List<String> ids) {
        if (ids.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        var keys = ids.stream().map(StoredResult::key).toArray(String[]::new);
        return redis.mget(keys).toCompletableFuture().thenApply(RedisStoredResults::byId);
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

    private static ResultMessage result(String json) {
        try {
            return StoredResult.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a value in Redis is no result", e);
        }
    }
}
