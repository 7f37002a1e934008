package dev.jtask.worker.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.worker.execution.Claims;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Idempotency keys as hashes in Redis: `state` is `running`, `waiting` or `ended`, with the run that is behind it.
/// Each step is one script, hence atomic.
final class RedisClaims implements Claims {

    private static final String CLAIM = """
            local held = redis.call('HMGET', KEYS[1], 'state', 'id', 'since', 'value')
            if held[1] == 'ended' then return {'ended', held[4]} end
            if held[1] == 'running' or (held[1] == 'waiting' and held[2] ~= ARGV[1]) then
              return {'taken', held[3]}
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'state', 'running', 'id', ARGV[1], 'owner', ARGV[2], 'since', ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return {'granted'}
            """;

    /// A success counts also when its lease has lapsed, unless another run has begun since.
    private static final String CHANGE = """
            local owner = redis.call('HGET', KEYS[1], 'owner')
            local lapsed = redis.call('EXISTS', KEYS[1]) == 0
            if owner ~= ARGV[1] and not (lapsed and ARGV[2] == 'ended') then return 0 end
            if ARGV[2] == 'free' then return redis.call('DEL', KEYS[1]) end
            redis.call('HSET', KEYS[1], 'state', ARGV[2])
            if ARGV[2] ~= 'running' then redis.call('HDEL', KEYS[1], 'owner') end
            if ARGV[4] then redis.call('HSET', KEYS[1], 'value', ARGV[4]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return 1
            """;

    private final RedisAsyncCommands<String, String> redis;

    RedisClaims(RedisAsyncCommands<String, String> redis) {
        this.redis = redis;
    }

    @Override
    public CompletableFuture<Answer> claim(Holder wants, Duration lease, Instant now) {
        return redis.<List<@Nullable String>>eval(
                        CLAIM,
                        ScriptOutputType.MULTI,
                        new String[] {key(wants)},
                        wants.taskId(),
                        wants.owner(),
                        Long.toString(now.toEpochMilli()),
                        Long.toString(lease.toMillis()))
                .toCompletableFuture()
                .thenApply(RedisClaims::answer);
    }

    @Override
    public CompletableFuture<?> change(Holder has, Change change) {
        return switch (change) {
            case Change.Running(var lease) -> change(has, "running", millis(lease));
            case Change.Waiting(var time) -> change(has, "waiting", millis(time));
            case Change.Ended(var value, var window) ->
                value == null
                        ? change(has, "ended", millis(window))
                        : change(has, "ended", millis(window), text(value));
            case Change.Free() -> change(has, "free");
        };
    }

    private CompletableFuture<?> change(Holder has, String state, String... more) {
        var values = new String[more.length + 2];
        values[0] = has.owner();
        values[1] = state;
        System.arraycopy(more, 0, values, 2, more.length);
        return redis.eval(CHANGE, ScriptOutputType.INTEGER, new String[] {key(has)}, values)
                .toCompletableFuture();
    }

    private static Answer answer(List<@Nullable String> reply) {
        var word = String.valueOf(reply.getFirst());
        var about = reply.size() < 2 ? null : reply.get(1);
        return switch (word) {
            case "granted" -> new Answer.Granted();
            case "taken" -> new Answer.Taken(Instant.ofEpochMilli(about == null ? 0 : Long.parseLong(about)));
            case "ended" -> new Answer.Ended(about == null ? null : read(about));
            default -> throw new IllegalStateException("the script's answer is " + word);
        };
    }

    private static String key(Holder holder) {
        return "jtask-once:%s:%s".formatted(holder.task(), holder.key());
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    private static JsonNode read(String text) {
        try {
            return TypedJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the value of an idempotency key in Redis is not JSON", e);
        }
    }

    private static String text(JsonNode value) {
        try {
            return TypedJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the task's result is not JSON", e);
        }
    }
}
