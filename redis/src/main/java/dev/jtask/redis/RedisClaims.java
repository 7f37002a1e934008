package dev.jtask.redis;

import dev.jtask.backend.Claims;
import dev.jtask.backend.StoreRefusedException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Idempotency keys as hashes: `state` is `running`, `waiting` or `ended`, with the run that is behind it. Each step is
/// one script, hence atomic, and may be carried out twice: Lettuce asks again what was lost with a connection.
record RedisClaims(RedisConnection connection) implements Claims {

    private static final String CLAIM = """
            local held = redis.call('HMGET', KEYS[1], 'state', 'id', 'since', 'value', 'owner')
            if held[1] == 'ended' then return {'ended', held[4]} end
            if (held[1] == 'running' and held[5] ~= ARGV[2]) or (held[1] == 'waiting' and held[2] ~= ARGV[1]) then
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

    @Override
    public CompletableFuture<Answer> claim(Holder wants, Duration lease, Instant now) {
        return connection
                .<List<@Nullable String>>ask(redis -> redis.eval(
                        CLAIM,
                        ScriptOutputType.MULTI,
                        new String[] {key(wants)},
                        wants.taskId(),
                        wants.owner(),
                        Long.toString(now.toEpochMilli()),
                        Long.toString(lease.toMillis())))
                .thenApply(RedisClaims::answer);
    }

    @Override
    public CompletableFuture<Void> change(Holder has, Change change) {
        var key = key(has);
        return connection
                .<Long>send(
                        key,
                        () -> arguments(has, change),
                        (redis, values) -> redis.eval(CHANGE, ScriptOutputType.INTEGER, new String[] {key}, values))
                .thenAccept(changed -> {});
    }

    private static String[] arguments(Holder has, Change change) {
        if (change instanceof Change.Running running) {
            return new String[] {has.owner(), "running", millis(running.lease())};
        }
        if (change instanceof Change.Waiting waiting) {
            return new String[] {has.owner(), "waiting", millis(waiting.time())};
        }
        if (change instanceof Change.Ended ended) {
            var window = millis(ended.window());
            return ended.value() == null
                    ? new String[] {has.owner(), "ended", window}
                    : new String[] {
                        has.owner(), "ended", window, Json.write(ended.value(), "the result of task " + has.taskId())
                    };
        }
        return new String[] {has.owner(), "free"};
    }

    private static Answer answer(List<@Nullable String> reply) {
        var word = String.valueOf(reply.get(0));
        var about = reply.size() < 2 ? null : reply.get(1);
        return switch (word) {
            case "granted" -> new Answer.Granted();
            case "taken" -> new Answer.Taken(since(about));
            case "ended" ->
                new Answer.Ended(about == null ? null : Json.read(about, "the value of an idempotency key"));
            default -> throw new IllegalStateException("the script's answer is " + word);
        };
    }

    private static Instant since(@Nullable String millis) {
        try {
            return Instant.ofEpochMilli(millis == null ? 0 : Long.parseLong(millis));
        } catch (NumberFormatException e) {
            throw new StoreRefusedException("what Redis keeps for the key is no claim of jtask's", e);
        }
    }

    private String key(Holder holder) {
        return connection.keys().of("jtask-once:%s:%s".formatted(holder.task(), holder.key()));
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
