package dev.jtask.redis;

import dev.jtask.backend.StoredPieces;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What a task emits, in a stream beside its result: readers keep their place in it while its oldest go. The key
/// of the result is not touched; its channel has the signal, where a Python client takes it for a state of the
/// task's own.
record RedisPieces(RedisConnection connection) implements StoredPieces {

    private static final String ADD = """
            redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[2], '*', 'piece', ARGV[3])
            if ARGV[1] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
            redis.call('PUBLISH', KEYS[2], ARGV[4])
            return 1
            """;

    private static final String FIELD = "piece";

    /// Few enough to be held, though they are large.
    private static final int AT_ONCE = 50;

    @Override
    public CompletableFuture<Void> add(ResultMessage piece) {
        var keys = new String[] {key(piece.taskId()), connection.keys().of(StoredResult.key(piece.taskId()))};
        return connection
                .<Long>send(
                        keys[0],
                        () -> new String[] {
                            connection.keys().seconds(),
                            Integer.toString(MOST),
                            json(piece),
                            json(EmittedPiece.signal(piece.taskId()))
                        },
                        (redis, values) -> redis.eval(ADD, ScriptOutputType.INTEGER, keys, values))
                .thenAccept(added -> {});
    }

    @Override
    public CompletableFuture<List<Kept>> read(String taskId, String after) {
        Range<String> later = Range.from(
                after.equals(START) ? Boundary.unbounded() : Boundary.including(next(after)), Boundary.unbounded());
        return connection
                .<List<StreamMessage<String, String>>>ask(
                        redis -> redis.xrange(key(taskId), later, Limit.from(AT_ONCE)))
                .thenApply(found -> found.stream()
                        .map(each -> new Kept(
                                each.getId(), RedisResults.result(each.getBody().getOrDefault(FIELD, ""))))
                        .toList());
    }

    @Override
    public CompletableFuture<String> end(String taskId) {
        return connection
                .<List<StreamMessage<String, String>>>ask(
                        redis -> redis.xrevrange(key(taskId), Range.unbounded(), Limit.from(1)))
                .thenApply(found -> found.isEmpty() ? START : found.get(0).getId());
    }

    private String key(String taskId) {
        return connection.keys().of(StoredResult.piecesKey(taskId));
    }

    /// The first id that is later than this one; to leave it out itself Redis before 6.2 has no word.
    private static String next(String id) {
        int dash = id.indexOf('-');
        return id.substring(0, dash + 1) + (Long.parseUnsignedLong(id.substring(dash + 1)) + 1);
    }

    /// It has not ended, so that the time does not count.
    private static String json(ResultMessage piece) {
        return RedisResults.json(new StoredResult(piece, null, null), Instant.EPOCH);
    }
}
