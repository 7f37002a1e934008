package dev.jtask.redis;

import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.Joined;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.result.StoredResult;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Chords in Celery's keys, so that Python workers count with us.
record RedisChords(RedisConnection connection) implements ChordCounter {

    /// Returns the tree of results, or nothing for it, and all parts to the one who adds the last. A task that runs
    /// twice has one part.
    private static final String PART = """
            if ARGV[1] ~= '+inf' then
              for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[1])) do
                local read, part = pcall(cjson.decode, member)
                if read and type(part) == 'table' and part[2] == ARGV[4] then redis.call('ZREM', KEYS[1], member) end
              end
            end
            redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
            local count = redis.call('ZCOUNT', KEYS[1], '-inf', '+inf')
            local extra = redis.call('GET', KEYS[2])
            local size = redis.call('GET', KEYS[3])
            if ARGV[3] ~= '0' then
              for i = 1, 3 do redis.call('EXPIRE', KEYS[i], ARGV[3]) end
            end
            if not size or count ~= tonumber(size) + tonumber(extra or 0) then return {} end
            local all = redis.call('ZRANGE', KEYS[1], 0, -1)
            table.insert(all, 1, redis.call('GET', KEYS[4]) or '')
            return all
            """;

    @Override
    public CompletableFuture<Void> begin(Plan.Chord chord) {
        return CompletableFuture.allOf(chord.stored().entrySet().stream()
                .map(entry -> keep(connection.keys().of(entry.getKey()), entry.getValue()))
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public CompletableFuture<Optional<Joined>> add(Part part) {
        var group = part.group();
        var keys = new String[] {
            connection.keys().of(StoredResult.chordPartsKey(group)),
            connection.keys().of(StoredResult.chordExtraKey(group)),
            connection.keys().of(StoredResult.chordSizeKey(group)),
            connection.keys().of(StoredResult.groupKey(group))
        };
        var score = part.index() == null ? "+inf" : part.index().toString();
        return connection
                .<List<String>>send(
                        keys[0],
                        () -> new String[] {
                            score, ChordParts.member(part), connection.keys().seconds(), part.taskId()
                        },
                        (redis, values) -> redis.eval(PART, ScriptOutputType.MULTI, keys, values))
                .thenApply(all -> all.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ChordParts.join(group, all.get(0), all.subList(1, all.size()))));
    }

    @Override
    public CompletableFuture<Void> end(String group) {
        return connection
                .ask(redis -> redis.del(
                        connection.keys().of(StoredResult.chordPartsKey(group)),
                        connection.keys().of(StoredResult.chordExtraKey(group)),
                        connection.keys().of(StoredResult.chordSizeKey(group))))
                .thenAccept(deleted -> {});
    }

    private CompletableFuture<String> keep(String key, String value) {
        long seconds = connection.keys().kept().toSeconds();
        return connection.send(
                key,
                () -> new String[] {value},
                (redis, values) -> seconds == 0 ? redis.set(key, values[0]) : redis.setex(key, seconds, values[0]));
    }
}
