package dev.jtask.worker.results;

import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.worker.canvas.Joined;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
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

    /// Returns the tree of results, or nothing for it, and all parts to the one who adds the last. A task that runs
    /// twice has one part.
    private static final String PART = """
            if ARGV[1] ~= '+inf' then
              for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[1])) do
                local read, part = pcall(cjson.decode, member)
                if read and part[2] == ARGV[4] then redis.call('ZREM', KEYS[1], member) end
              end
            end
            redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
            local count = redis.call('ZCOUNT', KEYS[1], '-inf', '+inf')
            local extra = redis.call('GET', KEYS[2])
            local size = redis.call('GET', KEYS[3])
            for i = 1, 3 do redis.call('EXPIRE', KEYS[i], ARGV[3]) end
            if not size or count ~= tonumber(size) + tonumber(extra or 0) then return {} end
            local all = redis.call('ZRANGE', KEYS[1], 0, -1)
            table.insert(all, 1, redis.call('GET', KEYS[4]) or '')
            return all
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
    public CompletableFuture<Void> begin(Plan.Chord chord) {
        return CompletableFuture.allOf(chord.stored().entrySet().stream()
                .map(entry -> done(redis.setex(entry.getKey(), StoredResult.KEPT_SECONDS, entry.getValue())))
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public CompletableFuture<Optional<Joined>> add(Part part) {
        var group = part.group();
        var keys = new String[] {
            StoredResult.chordPartsKey(group),
            StoredResult.chordExtraKey(group),
            StoredResult.chordSizeKey(group),
            StoredResult.groupKey(group)
        };
        var score = part.index() == null ? "+inf" : part.index().toString();
        return redis.<List<String>>eval(
                        PART, ScriptOutputType.MULTI, keys, score, ChordParts.member(part), KEPT_SECONDS, part.taskId())
                .toCompletableFuture()
                .thenApply(all -> all.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ChordParts.join(all.getFirst(), all.subList(1, all.size()))));
    }

    @Override
    public CompletableFuture<Void> end(String group) {
        return done(redis.del(
                StoredResult.chordPartsKey(group),
                StoredResult.chordExtraKey(group),
                StoredResult.chordSizeKey(group)));
    }

    @Override
    public void close() {}

    @SuppressWarnings("NullAway") // Void has no other value
    private static CompletableFuture<Void> done(RedisFuture<?> future) {
        return future.toCompletableFuture().thenApply(ignored -> null);
    }
}
