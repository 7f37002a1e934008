package dev.jtask.worker.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.ResultMessage;
import dev.jtask.protocol.StoredResult;
import dev.jtask.protocol.TaskState;
import dev.jtask.protocol.TypedJson;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Results in Redis, in Celery's keys and JSON, so that a Python client with `redis://` reads them. Each step is one
/// script, hence atomic and pipelined.
final class RedisBackend implements ResultBackend, ChordCounter {

    private static final String KEPT_SECONDS = Long.toString(StoredResult.KEPT_SECONDS);

    /// A success is never overwritten: a task that runs twice does not take its result back.
    private static final String STORE = """
            local before = redis.call('GET', KEYS[1])
            if before then
              local read, meta = pcall(cjson.decode, before)
              if read and meta['status'] == 'SUCCESS' then return 0 end
            end
            redis.call('SETEX', KEYS[1], ARGV[1], ARGV[2])
            redis.call('PUBLISH', KEYS[1], ARGV[2])
            return 1
            """;

    /// Returns all parts to the one who adds the last.
    private static final String PART = """
            redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
            local count = redis.call('ZCOUNT', KEYS[1], '-inf', '+inf')
            local extra = redis.call('GET', KEYS[2])
            local size = redis.call('GET', KEYS[3])
            for i = 1, 3 do redis.call('EXPIRE', KEYS[i], ARGV[3]) end
            if size and count == tonumber(size) + tonumber(extra or 0) then
              return redis.call('ZRANGE', KEYS[1], 0, -1)
            end
            return {}
            """;

    private final RedisAsyncCommands<String, String> redis;

    RedisBackend(RedisAsyncCommands<String, String> redis) {
        this.redis = redis;
    }

    @Override
    public CompletableFuture<Void> store(Addressee to, ResultMessage result) {
        var key = StoredResult.key(to.taskId());
        var stored = new StoredResult(result, to.group(), to.parentId()).json(Instant.now());
        return done(redis.eval(STORE, ScriptOutputType.INTEGER, new String[] {key}, KEPT_SECONDS, stored));
    }

    @Override
    public Optional<ChordCounter> chords() {
        return Optional.of(this);
    }

    @Override
    public CompletableFuture<Void> begin(String group, int size) {
        return done(redis.setex(StoredResult.chordSizeKey(group), StoredResult.KEPT_SECONDS, Integer.toString(size)));
    }

    @Override
    public CompletableFuture<Optional<Joined>> add(Part part) {
        var member = JsonNodeFactory.instance
                .arrayNode()
                .add(1)
                .add(part.taskId())
                .add(part.state())
                .add(part.result());
        var keys = keys(part.group());
        var score = part.index() == null ? "+inf" : part.index().toString();
        return redis.<List<String>>eval(PART, ScriptOutputType.MULTI, keys, score, text(member), KEPT_SECONDS)
                .toCompletableFuture()
                .thenApply(RedisBackend::joined);
    }

    @Override
    public CompletableFuture<Void> end(String group) {
        return done(redis.del(keys(group)));
    }

    @Override
    public void close() {}

    private static Optional<Joined> joined(List<String> members) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        var values = JsonNodeFactory.instance.arrayNode();
        for (var text : members) {
            var member = read(text);
            if (!member.path(2).asText().equals(TaskState.SUCCESS)) {
                return Optional.of(new Joined.Failed(member.path(1).asText(), member.path(3)));
            }
            values.add(member.path(3));
        }
        return Optional.of(new Joined.Results(values));
    }

    private static String[] keys(String group) {
        return new String[] {
            StoredResult.chordPartsKey(group), StoredResult.chordExtraKey(group), StoredResult.chordSizeKey(group)
        };
    }

    private static JsonNode read(String text) {
        try {
            return TypedJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a chord's part in Redis is not JSON", e);
        }
    }

    private static String text(JsonNode json) {
        try {
            return TypedJson.mapper().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a result is not JSON", e);
        }
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static CompletableFuture<Void> done(RedisFuture<?> future) {
        return future.toCompletableFuture().thenApply(ignored -> null);
    }
}
